package org.rtda.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.rtda.gateway.view.ReviewedEvaluation;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.report.Report;
import org.rtda.report.ReportPage;
import org.rtda.store.DatasetReader;

class VerdictTest {
    private static Document page(ReviewedEvaluation given) {
        Report report = new Reports(
                        given.views,
                        new DatasetReader(given.store, 1 << 20),
                        given.store,
                        "0.1.0",
                        Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC))
                .of("exp-1", true)
                .orElseThrow();
        return Jsoup.parse(ReportPage.render(report));
    }

    private static String answer(Document page, String question) {
        Element term = page.select("#headline dt:contains(" + question + ")").first();
        return term.nextElementSibling().text();
    }

    @Test
    void theSentencesOfAFullEvaluationSayWhatTheTableSays() {
        Document page = page(new ReviewedEvaluation("pneumonia").full().complete());

        assertThat(answer(page, "What was trained"))
                .isEqualTo("Network resnet20 by method rtda on phantoms (chest-xray, 1 x 64 x 64 pixels, 4708 training"
                        + " images, classes normal, pneumonia), 15 epochs, seed 1.");
        assertThat(answer(page, "How accurate"))
                .isEqualTo("Balanced accuracy on clean test images is 0.910 [0.870, 0.950], n 624; an answer that is"
                        + " always the same scores 0.500.");
        assertThat(answer(page, "How robust"))
                .contains("pgd-l2, 10 steps, L2 1.155, the radius of training) leaves 0.670 [0.630, 0.710], n 624 ⚑G4")
                .contains("The worst of 4 attacks, L2 1.155, leaves 0.640 [0.600, 0.680], n 624.");
        assertThat(answer(page, "Where it fails"))
                .contains("Worst corruption: pixelate, mean: 0.668")
                .contains("Another test set: other-country: 0.740")
                // the scanner of fourteen images is lower, but small
                .contains("Worst subgroup: age 60-79: 0.880 [0.815, 0.945], n 234.");
        assertThat(answer(page, "Can it be believed"))
                .startsWith("Not all of it: 13 of 14 gates pass, 0 were not judged. ⚑G4 attack-has-converged fails:");
        assertThat(answer(page, "Not measured"))
                .isEqualTo("Transfer from other models. One condition failed and has no figure. Other seeds: the"
                        + " intervals are over images of one run.");
        for (String figure : List.of("0.910", "0.670", "0.640", "0.668", "0.740", "0.880")) {
            assertThat(page.select("#headline tbody td:has(> data):contains(" + figure + ")"))
                    .as(figure)
                    .isNotEmpty();
        }
        assertThat(page.select("#headline svg")).hasSize(1);
        assertThat(page.select("#headline table")).hasSize(1);
    }

    @Test
    void aStandardEvaluationSaysThatNoGateIsJudged() {
        Document page = page(new ReviewedEvaluation("pneumonia").standard().complete());

        assertThat(answer(page, "Can it be believed")).startsWith("Not judged:");
        assertThat(page.select("#worst-case, #goals, #transfer, #attacked-corruptions, #failures"))
                .isEmpty();
    }

    @Test
    void noSectionIsEmptyHeadingsAreInOrderAndTableHeadingsHaveAScope() {
        Document page = page(new ReviewedEvaluation("pneumonia").full().complete());

        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.select("h3, h4, h5, h6")).isEmpty();
        assertThat(page.select("section")).allSatisfy(section -> {
            assertThat(section.firstElementChild().tagName()).isEqualTo("h2");
            assertThat(section.childrenSize()).isGreaterThan(1);
        });
        assertThat(page.select("th:not([scope])")).isEmpty();
        assertThat(page.select("svg:not([role=img][aria-label]), img:not([alt])"))
                .isEmpty();
        assertThat(page.select("#corruptions td.d7")).isNotEmpty();
    }

    @Test
    void theAppendixCanBeLeftOut() {
        ReviewedEvaluation given =
                new ReviewedEvaluation("pneumonia").standard().complete();
        Report whole = new Reports(
                        given.views,
                        new DatasetReader(given.store, 1 << 20),
                        given.store,
                        "0.1.0",
                        Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC))
                .of("exp-1", true)
                .orElseThrow();

        assertThat(whole.sections().stream()
                        .filter(section -> section.part() == Report.Part.APPENDIX)
                        .map(Report.Section::id))
                .containsExactly("configuration", "reliability", "subgroup-accuracy", "figures");
        assertThat(whole.withoutAppendix().sections())
                .noneMatch(section -> section.part() == Report.Part.APPENDIX)
                .hasSize(whole.sections().size() - 4);
    }
}
