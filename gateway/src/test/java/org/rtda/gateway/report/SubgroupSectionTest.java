package org.rtda.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Figure;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.RobustnessMetric.Subgroup;
import org.rtda.contracts.result.SubgroupRow;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.view.HandMadeEvaluation;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.report.ReportPage;
import org.rtda.store.DatasetReader;

class SubgroupSectionTest {
    private static final Condition ATTACK = ViewEvents.pgd(0.5);

    private final HandMadeEvaluation given = new HandMadeEvaluation("malignant", "drawn by phantoms");

    private Reports reports() {
        return new Reports(
                given.views,
                new DatasetReader(given.store, 1 << 20),
                given.store,
                "0.1.0",
                Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC));
    }

    private Document page() {
        return Jsoup.parse(ReportPage.render(reports().of("exp-1", false).orElseThrow()));
    }

    private List<SubgroupRow> rows() {
        return reports().subgroups("exp-1").orElseThrow();
    }

    /** Both metrics with the same numbers, an interval of a tenth to both sides. */
    private static List<Figure> figures(double value, int n) {
        return List.of(
                new Figure("accuracy", value, value - 0.1, value + 0.1, n, null),
                new Figure("balanced-accuracy", value, value - 0.1, value + 0.1, n, null));
    }

    private static Subgroup sex(String value, double figure, int ofEachClass) {
        return new Subgroup(
                "sex", value, List.of(ofEachClass, ofEachClass), ofEachClass < 10, figures(figure, 2 * ofEachClass));
    }

    private static Subgroup withoutMalignant() {
        String whyNot = "no images of class malignant in this subgroup";
        return new Subgroup(
                "site",
                "north",
                List.of(7, 0),
                true,
                List.of(Figure.undefined("accuracy", 7, whyNot), Figure.undefined("balanced-accuracy", 7, whyNot)));
    }

    @Test
    void theWorstSubgroupIsNamedWithItsIntervalItsImagesAndItsDifferenceFromTheWhole() {
        given.measureBySubgroup(
                ViewEvents.CLEAN, figures(0.75, 104), sex("F", 0.8, 30), sex("M", 0.6, 20), sex("O", 0.1, 2));
        given.complete();

        // the difference's ends are hypot(0.1, 0.1) = 0.141 away; O is lower, but has two images of a class
        assertThat(page().select("#subgroups li").eachText())
                .containsExactly(
                        "Clean images: the worst subgroup is sex M, balanced accuracy 0.600 [0.500, 0.700], n 40;"
                                + " -0.150 [-0.291, -0.009] from the 0.750 of all images.");
        assertThat(rows())
                .filteredOn(row -> row.metric().equals("balanced-accuracy"))
                .extracting(SubgroupRow::subgroup, SubgroupRow::small, SubgroupRow::worst)
                .containsExactly(tuple("F", false, false), tuple("M", false, true), tuple("O", true, false));
    }

    @Test
    void whereEverySubgroupIsSmallTheWorstOfThemIsNamedAsSmall() {
        given.measureBySubgroup(ViewEvents.CLEAN, figures(0.75, 12), sex("F", 0.8, 4), sex("M", 0.7, 2));
        given.complete();

        assertThat(page().select("#subgroups li").text()).contains("the worst subgroup is sex M (small)");
    }

    @Test
    void corruptedIsTheMeanOverTheCorruptionsThatAreToldBySubgroup() {
        given.measureBySubgroup(
                Condition.corruption("jpeg", 3, "test"), figures(0.6, 100), sex("F", 0.7, 30), sex("M", 0.5, 20));
        given.measureBySubgroup(
                Condition.corruption("pixelate", 3, "test"), figures(0.5, 100), sex("F", 0.5, 30), sex("M", 0.2, 20));
        given.measure(Condition.corruption("pixelate", 5, "test"), figures(0.3, 100), null, null);
        given.complete();

        SubgroupRow m = rows().stream().filter(SubgroupRow::worst).findFirst().orElseThrow();

        assertThat(m.images()).isEqualTo("corrupted");
        assertThat(m.conditions()).containsExactly("jpeg@3", "pixelate@3");
        // (0.5 + 0.2) / 2 less (0.6 + 0.5) / 2
        assertThat(m.value()).isCloseTo(0.35, within(1e-12));
        assertThat(m.low()).isCloseTo(0.25, within(1e-12));
        assertThat(m.high()).isCloseTo(0.45, within(1e-12));
        assertThat(m.whole()).isCloseTo(0.55, within(1e-12));
        assertThat(m.difference()).isCloseTo(-0.2, within(1e-12));
    }

    @Test
    void thereIsNoMeanWhereACorruptionOfThatSeverityFailed() {
        given.measureBySubgroup(Condition.corruption("jpeg", 3, "test"), figures(0.6, 100), sex("F", 0.7, 30));
        given.fail(Condition.corruption("pixelate", 3, "test"), "gone");
        given.complete();

        assertThat(rows())
                .extracting(SubgroupRow::value, SubgroupRow::note)
                .containsOnly(tuple(null, "a corruption of this severity failed: no mean is given"));
    }

    @Test
    void nothingIsSaidOfASubgroupWithoutImagesOfSomeClass() {
        given.measureBySubgroup(ViewEvents.CLEAN, figures(0.75, 100), sex("F", 0.8, 30), withoutMalignant());
        given.complete();

        assertThat(page().select("#subgroups tr:contains(site: north)").first().text())
                .contains("not defined: no images of class malignant in this subgroup");
        assertThat(rows())
                .filteredOn(row -> row.subgroup().equals("north"))
                .extracting(SubgroupRow::value, SubgroupRow::difference, SubgroupRow::worst)
                .containsOnly(tuple(null, null, false));
    }

    @Test
    void figuresWhoseConditionFailsAGateCarryItsFlag() {
        given.measureBySubgroup(ATTACK, figures(0.75, 100), sex("F", 0.8, 30), sex("M", 0.7, 20));
        given.gate("unbounded-attack-succeeds", Outcome.FAILED, List.of(ATTACK.label()), "the attack stops");
        given.complete();

        assertThat(rows()).extracting(SubgroupRow::failedGates).containsOnly(List.of("unbounded-attack-succeeds"));
        assertThat(page().select("#subgroups li").text())
                .contains("Its condition fails a gate, so it does not stand: unbounded-attack-succeeds.");
    }

    @Test
    void aReportOfADataSetWithoutSubgroupsHasNoSuchSection() {
        given.withEveryKind().complete();

        assertThat(page().select("#subgroups")).isEmpty();
        assertThat(rows()).isEmpty();
        assertThat(reports().subgroups("exp-9")).isEmpty();
    }

    @Test
    void anExternalTestSetHasItsOwnTablesAndItsOwnWorst() {
        given.measureBySubgroup(ViewEvents.CLEAN, figures(0.75, 100), sex("F", 0.8, 30), sex("M", 0.7, 20));
        given.measureBySubgroup(Condition.shift("shift-far"), figures(0.5, 40), sex("F", 0.6, 4), sex("M", 0.4, 16));
        given.complete();

        assertThat(rows())
                .filteredOn(row -> row.metric().equals("balanced-accuracy"))
                .extracting(SubgroupRow::images, SubgroupRow::subgroup, SubgroupRow::whole, SubgroupRow::worst)
                .containsExactly(
                        tuple("clean", "F", 0.75, false),
                        tuple("clean", "M", 0.75, true),
                        tuple("shift-far", "F", 0.5, false),
                        tuple("shift-far", "M", 0.5, true));
        // the difference's ends are hypot(0.1, 0.1) = 0.141 away
        assertThat(page().select("#subgroups li").eachText())
                .contains(
                        "External test set far: the worst subgroup is sex M, balanced accuracy 0.400 [0.300, 0.500], n 32;"
                                + " -0.100 [-0.241, +0.041] from the 0.500 of all images of that set.");
        assertThat(page().select("#subgroups table"))
                .as("balanced accuracy of each set")
                .hasSize(2);
        assertThat(page().select("#subgroup-accuracy table"))
                .as("accuracy of each set")
                .hasSize(2);
    }
}
