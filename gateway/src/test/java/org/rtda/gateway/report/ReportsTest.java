package org.rtda.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.Figure;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.view.HandMadeEvaluation;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.report.Report;
import org.rtda.report.ReportPage;
import org.rtda.store.DatasetReader;

class ReportsTest {
    private static final String EVIL = "</td><script>alert('x')</script><img src=x onerror=alert(1)>&\"";

    private HandMadeEvaluation given = new HandMadeEvaluation("malignant", "drawn by phantoms");

    private Report report(boolean withGallery) {
        return report(given.views, withGallery);
    }

    private Report report(ExperimentViews views, boolean withGallery) {
        return new Reports(
                        views,
                        new DatasetReader(given.store, 1 << 20),
                        given.store,
                        "0.1.0",
                        Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC))
                .of("exp-1", withGallery)
                .orElseThrow();
    }

    private Document page() {
        return Jsoup.parse(ReportPage.render(report(true)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static List<String> texts(Document page, String query) {
        return page.select(query).eachText();
    }

    @Test
    void everyFigureStandsWithItsIntervalAndN() {
        given.withEveryKind().complete();

        Document page = page();

        for (RobustnessMetric.Measured m : given.measured) {
            for (Figure f : m.values()) {
                List<Element> rows = page.select("#figures tbody tr").stream()
                        .filter(row -> row.child(0).text().equals(m.condition().label())
                                && row.child(2).text().equals(f.metric()))
                        .toList();
                assertThat(rows).as("%s %s", m.condition().label(), f.metric()).hasSize(1);
                assertThat(rows.get(0).child(3).text())
                        .isEqualTo(
                                number(f.value()) + " [" + number(f.low()) + ", " + number(f.high()) + "] n " + f.n());
            }
        }
        assertThat(page.select("td > data")).allSatisfy(figure -> {
            // what has no interval of its own: the mean confidence in a bin, and the score of a constant answer
            boolean isMeanConfidence = figure.parent().elementSiblingIndex() == 1
                    && !figure.closest("table").select("caption:contains(Bins)").isEmpty();
            boolean isOfNoModel = figure.closest("tr").text().startsWith("an answer that is always the same");
            // what all figures of a column share stands below it
            String below = figure.closest("table")
                    .select("tfoot tr > :eq(" + figure.parent().elementSiblingIndex() + ")")
                    .text();
            if (!isOfNoModel) {
                assertThat((figure.nextElementSibling() == null
                                        ? ""
                                        : figure.nextElementSibling().text()) + " " + below)
                        .matches(isMeanConfidence ? " ?n \\d+ ?" : "\\[.+, .+] n \\d+ ?");
            }
        });
    }

    @Test
    void aFinalEvaluationOfWhichNothingIsToldHasNotBegun() {
        TestReadModel model = new TestReadModel();
        ViewEvents events = new ViewEvents("exp-1");
        model.applyAll(List.of(
                events.submit(),
                events.checkpoint(1, 10, true, ViewEvents.OBJECT),
                events.status(1, ExperimentStatus.State.TRAINED, 100)));

        assertThat(report(model.views, false).notices()).containsExactly("The final evaluation has not begun.");
    }

    @Test
    void aBallThatHoldsEveryImageIsInTheTableButNotOnTheCurves() {
        given.withEveryKind();
        given.measure(
                Condition.attack(
                        AttackSettings.builder()
                                .name("pgd-l2")
                                .epsilon(1000.0)
                                .steps(100)
                                .build(),
                        "test"),
                null,
                null);
        given.complete();

        Document page = page();

        assertThat(page.select("#attacks tbody tr:contains(100 steps)")).hasSize(1);
        assertThat(page.select("#attacks svg").text())
                .contains("pgd-l2, 10 steps")
                .doesNotContain("100 steps");
    }

    @Test
    void calibrationErrorAndBrierScoreOfTheMainConditionsStandInTheirSection() {
        given.withEveryKind().complete();

        Document page = page();

        assertThat(page.select("#calibration thead").first().text())
                .isEqualTo("Condition Expected calibration error Brier score");
        assertThat(page.select("#calibration table").first().select("tbody tr"))
                // clean, attacked as in training, the worst case, the shift
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.select("data")).hasSize(2));
    }

    @Test
    void whatAConstantAnswerScoresStandsBesideTheFigureItIsOf() {
        given.withEveryKind();
        given.measure(
                Condition.attack(
                        AttackSettings.builder()
                                .name("pgd-l2")
                                .epsilon(0.125)
                                .steps(10)
                                .build(),
                        "test"),
                List.of(
                        new Figure("accuracy", 0.951, 0.9, 0.99, 80, null).beside(0.95, "always class benign"),
                        new Figure("balanced-accuracy", 0.513, 0.5, 0.6, 80, null).beside(0.5, "always class benign")),
                null,
                null);
        given.complete();

        Document page = page();

        assertThat(page.select("#attacks td:has(> data[value=0.951]) small").text())
                .contains("n 80, constant 0.950");
        assertThat(page.select("#attacks td:has(> data[value=0.513]) small").text())
                .contains("n 80, constant 0.500");
        assertThat(page.select("#figures tr:has(data[value=0.513])").text()).contains("always class benign");
    }

    @Test
    void aFigureThatRestsOnAHealthyClassThatNobodyNamedSaysSo() {
        given.withEveryKind();
        given.measure(
                Condition.shift("shift-elsewhere"),
                List.of(
                        new Figure("sensitivity", 0.123, 0.1, 0.2, 80, null).dependingOn(new HealthyClass(0, true)),
                        new Figure("specificity", 0.456, 0.4, 0.5, 80, null).dependingOn(new HealthyClass(0, false))),
                null,
                null);
        given.complete();

        Document page = page();

        assertThat(page.select("#thresholds td:has(> data[value=0.123]) small").text())
                .isEqualTo("[0.100, 0.200] n 80, class 0 assumed healthy");
        assertThat(page.select("#thresholds td:has(> data[value=0.456]) small").text())
                .isEqualTo("[0.400, 0.500] n 80");
    }

    @Test
    void aFailedGatesFlagStandsBesideEveryFigureItConcernsAndNoOther() {
        given.withEveryKind();
        given.gate("noise-hurts-less", Outcome.PASSED, List.of("pgd-l2-10@0.25"), "noise 0.9, attack 0.8");
        given.gate("more-steps-are-not-weaker", Outcome.FAILED, List.of("pgd-l2-10@0.5"), "0.4 at 10, 0.5 at 20");
        given.complete();

        Document page = page();

        assertThat(page.select("#G1").text()).contains("more-steps-are-not-weaker", "FAILED", "0.4 at 10, 0.5 at 20");
        assertThat(page.select("#G2").text()).contains("noise-hurts-less", "passed");
        assertThat(texts(page, ".notice")).anyMatch(text -> text.contains("G1 more-steps-are-not-weaker"));
        for (RobustnessMetric.Measured m : given.measured) {
            boolean concerned = m.condition().equals(HandMadeEvaluation.TRAINED);
            for (Figure f : m.values()) {
                List<Element> shown = page.select("td:has(> data[value=" + f.value() + "])");
                assertThat(shown).isNotEmpty();
                for (Element cell : shown) {
                    assertThat(cell.select("a.flag[href=#G1]")).hasSize(concerned ? 1 : 0);
                }
                if (concerned) {
                    assertThat(page.select("td, th, li, p, figcaption, title, td small"))
                            .filteredOn(e -> e.ownText().contains(number(f.value())))
                            .allSatisfy(e -> assertThat(e.text()).containsAnyOf("⚑G1", "flagged G1"));
                }
            }
        }
        assertThat(page.select("#confusion table:has(caption:contains(pgd-l2-10@0.5)) tbody td a.flag"))
                .hasSize(4);
        assertThat(page.select("#gallery figcaption a.flag")).hasSize(1);
        assertThat(page.select("svg .flagtext")).isNotEmpty().allSatisfy(e -> assertThat(e.text())
                .isEqualTo("⚑G1"));
    }

    @Test
    void aFailedGateThatNamesNoConditionConcernsEveryFigure() {
        given.measure(ViewEvents.CLEAN, null, null);
        given.gate("forward-passes-agree", Outcome.FAILED, List.of(), "five passes gave three answers");

        assertThat(page().select("td:has(> data)")).isNotEmpty().allSatisfy(cell -> assertThat(cell.select("a.flag"))
                .hasSize(1));
    }

    @Test
    void thePageLoadsNothingAndRunsNothing() {
        given.withEveryKind();
        given.gate("noise-hurts-less", Outcome.FAILED, List.of("pgd-l2-10@0.5"), "it does not");
        given.complete();
        String html = ReportPage.render(report(true));

        Document page = Jsoup.parse(html);

        assertThat(page.select("script, link, iframe, object, embed, form, base"))
                .isEmpty();
        assertThat(page.select("[src]")).hasSize(3).allSatisfy(e -> assertThat(e.attr("src"))
                .startsWith("data:image/png;base64,"));
        assertThat(page.select("[href]")).isNotEmpty().allSatisfy(e -> assertThat(page.select(e.attr("href")))
                .as(e.attr("href"))
                .hasSize(1));
        assertThat(html).doesNotContain("http:", "https:", "url(", "@import");
        assertThat(page.getAllElements().stream().flatMap(e -> e.attributes().asList().stream()))
                .extracting(Attribute::getKey)
                .noneMatch(name -> name.startsWith("on"));
    }

    @Test
    void namesCannotBreakThePage() {
        given = new HandMadeEvaluation(EVIL, EVIL);
        given.withEveryKind();
        given.fail(Condition.corruption("pixelate", 1, "test"), EVIL);
        given.gate("noise-hurts-less", Outcome.FAILED, List.of("clean", EVIL), EVIL);
        given.measure(
                Condition.corruption("pixelate", 2, "test"), List.of(Figure.undefined(EVIL, 0, EVIL)), null, null);
        given.complete();

        Document page = page();

        assertThat(page.select("script, img[onerror], td > img")).isEmpty();
        assertThat(texts(page, "#failures td")).contains(EVIL);
        assertThat(page.select("#data").text()).contains(EVIL);
        assertThat(page.select("#gates").text()).contains(EVIL);
        assertThat(page.select("#figures").text()).contains("not defined: " + EVIL);
    }

    @Test
    void theDocumentKeepsItsSchemaAndHoldsTheSameFigures() throws IOException {
        given.withEveryKind();
        given.gate("noise-hurts-less", Outcome.FAILED, List.of("pgd-l2-10@0.5"), "it does not");
        given.fail(Condition.corruption("pixelate", 1, "test"), "model is corrupt");
        given.complete();
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Report.class.getResourceAsStream("report.schema.json"));

        JsonNode document = EventCodec.mapper().readTree(EventCodec.write(report(true)));

        assertThat(schema.validate(document)).isEmpty();
        JsonNode figures = null;
        for (JsonNode section : document.get("sections")) {
            figures = section.get("id").asText().equals("figures") ? section : figures;
        }
        JsonNode rows = figures.at("/blocks/0/table/rows");
        assertThat(rows).hasSize(given.measured.size() * 11);
        JsonNode attacked = rows.get(22).get("cells");
        assertThat(attacked.get(0).get("text").asText()).isEqualTo("pgd-l2-10@0.5");
        assertThat(attacked.at("/3/figure/value").asDouble())
                .isEqualTo(given.measured.get(2).values().get(0).value());
        assertThat(attacked.at("/3/flags/0/name").asText()).isEqualTo("noise-hurts-less");
    }

    /** Amplified by .5 / .125: mid grey where nothing changed, white and black where most did. */
    @Test
    void aTurnedImageIsShownAsItIsPerturbedAndAsItsDifference() throws IOException {
        given.withEveryKind().complete();

        Element figure = page().select("#gallery figure").get(0);

        assertThat(figure.text())
                .contains("is benign, judged benign as it is and malignant perturbed")
                .contains("no value changed by more than 0.125", "difference × 4");
        assertThat(pixels(figure, 0)).containsExactly(0, 64, 128, 255);
        assertThat(pixels(figure, 1)).containsExactly(32, 64, 96, 255);
        assertThat(pixels(figure, 2)).containsExactly(255, 128, 0, 128);
    }

    private static int[] pixels(Element figure, int view) throws IOException {
        String source = figure.select("img").get(view).attr("src");
        return ImageIO.read(
                        new ByteArrayInputStream(Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1))))
                .getRaster()
                .getPixels(0, 0, 2, 2, (int[]) null);
    }

    @Test
    void imagesAreLeftOutOnRequest() {
        given.withEveryKind().complete();

        Document page = Jsoup.parse(ReportPage.render(report(false)));

        assertThat(page.select("img")).isEmpty();
        assertThat(page.select("#gallery").text()).contains("Left out on request");
    }

    /** Of the true benign two are judged benign, one malignant; confidences .9 .7 .65 .55, the third wrong. */
    @Test
    void confusionAndReliabilityComeFromTheKeptPredictions() {
        given.withEveryKind().complete();

        Document page = page();

        assertThat(texts(page, "#confusion table:has(caption:contains(Under clean)) tbody tr"))
                .containsExactly("benign 2 1 3", "malignant 0 1 1");
        // (8/15, 9/15], (9/15, 10/15], (10/15, 11/15], (13/15, 14/15]; Wilson of 1 of 1 is [.207, 1], of 0 of 1 [0,
        // .793]
        assertThat(texts(page, "#reliability table:has(caption:contains(Bins under clean)) tbody tr"))
                .containsExactly(
                        "(0.533, 0.600] 0.550 1.000 [0.207, 1.000]",
                        "(0.600, 0.667] 0.650 0.000 [0.000, 0.793]",
                        "(0.667, 0.733] 0.700 1.000 [0.207, 1.000]",
                        "(0.867, 0.933] 0.900 1.000 [0.207, 1.000]");
        assertThat(texts(page, "#reliability table:has(caption:contains(Bins under clean)) tfoot tr"))
                .containsExactly("All rows n 1 n 1");
    }

    /** .8 .7 .6 .5 .4: mean .6, against .9 clean. A corruption with a failed severity has no mean, nor has the group. */
    @Test
    void corruptionsAreAveragedWhereAllSeveritiesAreThereAndHeldOutOnesApart() {
        given.model.apply(given.events.measured(10, true, ViewEvents.CLEAN, 0.9));
        for (int severity = 1; severity <= 5; severity++) {
            given.model.apply(given.events.measured(
                    10, true, Condition.corruption("gaussian-noise", severity, "test"), 0.9 - severity / 10.0));
            given.model.apply(
                    given.events.measured(10, true, Condition.corruption("brightness-up", severity, "test"), 0.7));
        }
        given.model.apply(given.events.measured(10, true, Condition.corruption("jpeg", 2, "test"), 0.5));
        given.fail(Condition.corruption("jpeg", 1, "test"), "model is corrupt");

        Document page = page();

        Element heldOut = page.select("#corruptions table").get(0);
        assertThat(heldOut.select("caption").text()).startsWith("Held out");
        assertThat(heldOut.select("tr:contains(gaussian-noise) td").eachText().subList(5, 7))
                // 0.9 and 0.6, each give or take 0.1: together sqrt(0.1^2 + 0.1^2) = 0.141
                .containsExactly("0.600 [0.500, 0.700] n 80", "-0.300 [-0.441, -0.159] n 80");
        assertThat(heldOut.select("tr:contains(jpeg) td").eachText().subList(5, 7))
                .containsExactly("1 of 5 conditions are measured", "1 of 5 conditions are measured");
        assertThat(heldOut.select("tr:contains(Mean) td").eachText()).contains("6 of 10 conditions are measured");
        assertThat(heldOut.text()).doesNotContain("brightness");
        assertThat(page.select("#corruptions table").get(1).text()).contains("Not held out", "brightness-up");
        assertThat(texts(page, "#failures td")).containsExactly("model is corrupt");
    }

    @Test
    void anUndefinedFigureSaysWhy() {
        given.model.apply(given.events.measured(10, true, ViewEvents.CLEAN, 0.9));

        assertThat(texts(page(), "#headline td")).contains("not defined: no images of class 1");
    }

    /** The evaluator alone judges figures: a report adds no rule of its own, with a tolerance of its own. */
    @Test
    void accuracyThatRisesIsNotJudgedByTheReport() {
        given.model.apply(given.events.measured(10, true, ViewEvents.pgd(0.25), 0.3));
        given.model.apply(given.events.measured(10, true, ViewEvents.pgd(0.5), 0.6));

        Document page = page();

        assertThat(page.select("#gates").text()).contains("No gate is judged.");
        assertThat(page.select("#attacks a.flag")).isEmpty();
    }

    @Test
    void theTwoClassSetKeepsItsOwnName() {
        given.withEveryKind().complete();

        Document page = page();

        assertThat(page.select("#worst-case").text())
                .contains("aa-binary", "apgd-ce-l2, 100 steps; square-l2, 1000 queries");
        assertThat(page.text()).doesNotContainIgnoringCase("autoattack");
    }

    @Test
    void theThreatModelNamesGoalsAndTheReferenceStrengths() {
        given.withEveryKind().complete();

        assertThat(page().select("#threat-model").text())
                .contains("White box", "false-alarm, miss", "Primary norm L2, secondary Linf", "Float32")
                .contains("28 x 28: 0.505, 64 x 64: 1.155, 128 x 128: 2.309, 224 x 224: 4.041")
                // sqrt(4 / 3072)
                .contains("1 x 2 x 2: 0.036");
    }

    @Test
    void figuresOfADrawSayOfHowManyImagesAndThoseOfAClassSayTheirOwn() {
        given.measureDrawn();
        given.complete();

        Document page = page();

        assertThat(page.select("#limits li").eachText())
                .contains("Test images: 80 of 160, drawn by class: the interval of clean accuracy is 25.0 points wide."
                        + " A difference inside the intervals is not a difference.");
        assertThat(page.select("#headline tbody td").eachText())
                .contains("0.750 [0.625, 0.875] n 80 of 160, drawn by class");
        assertThat(page.select("#figures tbody td").eachText())
                .contains("0.750 [0.625, 0.875] n 80 of 160, drawn by class", "0.500 [0.250, 0.750] n 30");
        assertThat(page.select("#model-card").text()).contains("n 80 of 160, drawn by class");
    }

    @Test
    void theModelCardNamesWhatIsUnknown() {
        given.withEveryKind().complete();

        Document page = page();

        assertThat(page.select("#model-card p").last().text())
                .startsWith("Unknown, to be stated by whoever publishes or uses the model: Name of the model;")
                .contains("; Demographic and clinical characteristics, by partition;");
        assertThat(page.select("#model-card tr:contains(Demographic)")).isEmpty();
        assertThat(page.select("#model-card tr:contains(Data source) td").get(0).text())
                .isEqualTo("drawn by phantoms");
        assertThat(page.select("#model-card tr:contains(Partitions) td").get(0).text())
                .contains("test 40 [22, 18], train 120 [70, 50]");
    }

    @Test
    void anotherEvaluationOfTheSameCheckpointAddsItsConditions() {
        given.model.apply(given.events.measured(10, true, ViewEvents.CLEAN, 0.9));
        given.model.apply(RobustnessMetric.Measured.builder()
                .id("another")
                .time(ViewEvents.TIME)
                .experimentId("exp-1")
                .evaluationId("exp-1/epoch-00010/full")
                .epoch(10)
                .last(true)
                .condition(ViewEvents.pgd(0.5))
                .values(List.of(ViewEvents.figure("accuracy", 0.4)))
                .build());

        assertThat(page().select("#attacks tbody").text()).contains("0.900 [0.800, 1.000]", "0.400 [0.300, 0.500]");
    }

    @Test
    void anExperimentThatHasNotBegunHasAReportToo() {
        given.model.apply(new ViewEvents("exp-2").submit());

        Report report = new Reports(
                        given.views,
                        new DatasetReader(given.store, 1 << 20),
                        given.store,
                        "0.1.0",
                        Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC))
                .of("exp-2", true)
                .orElseThrow();

        assertThat(Jsoup.parse(ReportPage.render(report)).text())
                .contains("Training is not done: 0 of 0 steps.")
                .contains("no trainer has begun")
                .contains("not available: the store does not give the manifest");
    }
}
