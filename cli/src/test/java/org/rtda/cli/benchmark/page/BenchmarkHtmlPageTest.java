package org.rtda.cli.benchmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.GridSets;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.CellResult;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.cli.benchmark.result.FullResult;
import org.rtda.cli.benchmark.result.LabelledCondition;
import org.rtda.cli.benchmark.result.PairedTest;
import org.rtda.cli.benchmark.result.ResultsDocument;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.cli.benchmark.result.Summary;
import org.rtda.cli.rest.Evaluation;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.result.ResultRow;
import org.rtda.report.Report;
import org.rtda.report.ReportPage;

class BenchmarkHtmlPageTest {
    private static final String PGD = "pgd-l2-10@0.5";
    private static final CellResult.FailedGate NOISE =
            new CellResult.FailedGate("noise-hurts-less", List.of(PGD), "<script>noise</script>: 0.2, attack: 0.25");

    private static Run run(String method, long seed, double clean, double attacked, CellResult.FailedGate... gates) {
        return run(method, seed, clean, attacked, List.of(), gates);
    }

    private static Run run(
            String method,
            long seed,
            double clean,
            double attacked,
            List<ResultRow> further,
            CellResult.FailedGate... gates) {
        List<ResultRow> rows = new ArrayList<>(rows(method, seed, "clean", clean));
        rows.addAll(rows(method, seed, PGD, attacked));
        rows.addAll(further);
        ExperimentSpec spec = EventCodec.mapper()
                .convertValue(
                        GridSets.json(
                                "{\"dataset\":\"busi-28\",\"method\":\"" + method + "\",\"attack\":{\"epsilon\":0.5}}"),
                        ExperimentSpec.class);
        return new Run(
                new Cell("busi-28", 0.5, method, seed, spec, "f"),
                new CellResult(
                        "exp-" + method + seed,
                        "cpu",
                        "CE",
                        new CellResult.Training(10, 1, 0),
                        rows,
                        Map.of(),
                        List.of(gates)));
    }

    private static List<ResultRow> rows(String method, long seed, String condition, double value) {
        List<ResultRow> rows = new ArrayList<>();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("accuracy", value);
        figures.put("balanced-accuracy", value - 0.1);
        figures.forEach((metric, figure) -> rows.add(ResultRow.builder()
                .experiment("exp-" + method + seed)
                .dataset("busi-28")
                .method(method)
                .seed(seed)
                .condition(condition)
                .conditionDetails(LabelledCondition.of(condition))
                .metric(metric)
                .value(figure)
                .low(figure - 0.05)
                .high(figure + 0.05)
                .n(156)
                .build()
                .beside(metric.equals("accuracy") ? 0.6 : 0.5, "always class benign")));
        return rows;
    }

    private static Document page(Run... runs) {
        return Jsoup.parse(html(runs));
    }

    private static String html(Run... runs) {
        BenchmarkGrid grid = GridSets.grid(List.of(1L), "{\"batchSize\":4}");
        List<Run> compared = List.of(runs);
        List<Column> columns = Column.shown(compared);
        List<Summary> summaries = new ArrayList<>();
        for (String metric : BenchmarkReport.METRICS) {
            summaries.addAll(Summary.of("busi-28", 0.5, compared, columns, metric));
        }
        Comparison comparison = new Comparison(
                ResultsDocument.Dataset.of(grid.datasets().get(0)),
                0.5,
                compared,
                columns,
                summaries,
                PairedTest.of("busi-28", 0.5, compared, columns));
        ResultsDocument document = new ResultsDocument(
                1,
                Instant.parse("2026-11-02T10:00:00Z"),
                Map.of("rtda", "0.1.0"),
                ResultsDocument.Grid.of(grid),
                List.of(),
                compared.stream().map(run -> ResultsDocument.Cost.of(run, null)).toList(),
                summaries,
                comparison.tests(),
                List.of());
        Report report = new BenchmarkHtmlPage(document, List.of(comparison)).report("benchmark 1", "Benchmark");
        return ReportPage.render(report);
    }

    @Test
    void theFirstPageNamesTheMethodsWhoseFiguresDoNotStand() {
        Document page = page(run("rtda", 1, 0.75, 0.5), run("erm", 1, 0.875, 0.125, NOISE));

        assertThat(page.select("#headline dd").last().text())
                .isEqualTo("Not all of it: a run fails a gate in erm (⚑G1)."
                        + " Figures of a flagged method should not be relied on.");
    }

    private static List<String> table(Document page, String caption) {
        return page.select("table:has(caption:matches(^" + caption + ")) tbody tr")
                .eachText();
    }

    @Test
    void aMethodsFiguresStandWithTheirIntervalAndNumberOfSeedsAndAConstantAnswerUnderThem() {
        Document page = page(run("rtda", 1, 0.75, 0.5), run("erm", 1, 0.875, 0.125));

        // one seed: the interval of that run over its images
        assertThat(table(page, "Accuracy"))
                .containsExactly(
                        "rtda 0.750 [0.700, 0.800] 0.500 [0.450, 0.550]",
                        "erm 0.875 [0.825, 0.925] 0.125 [0.075, 0.175]",
                        "a constant answer 0.600 0.600");
        assertThat(page.select("table:has(caption:matches(^Accuracy)) tfoot tr").text())
                .isEqualTo("All rows seeds 1 seeds 1");
        assertThat(table(page, "Balanced accuracy")).last().isEqualTo("a constant answer 0.500 0.500");
        assertThat(page.select("svg.chart title").eachText())
                .containsExactly("rtda at 0.65: 0.400", "erm at 0.775: 0.025");
    }

    @Test
    void theFirstPageHasTheVerdictsAndAFigureOfEachMethod() {
        Document page = page(run("rtda", 1, 0.75, 0.5), run("erm", 1, 0.875, 0.125));

        assertThat(page.select("section").first().id()).isEqualTo("headline");
        // balanced accuracy is a tenth lower
        assertThat(table(page, "Mean over seeds"))
                .containsExactly(
                        "rtda busi-28 at L2 0.5 0.650 [0.600, 0.700] 0.400 [0.350, 0.450] not measured",
                        "erm busi-28 at L2 0.5 0.775 [0.725, 0.825] 0.025 [-0.025, 0.075] not measured");
        assertThat(page.select("#headline dt").eachText())
                .containsExactly("What was compared", "Clean accuracy", "Robustness", "Can it be believed");
        assertThat(page.select("#headline dd").eachText())
                .contains(
                        "Methods rtda, erm on busi-28 at L2 0.5: network resnet20, 15 epochs, seed 1.",
                        "No run fails a gate that was judged.");
        assertThat(page.select("section").last().className()).isEqualTo("appendix first");
        assertThat(page.select("#setting tr:contains(Specification) td").text()).isEqualTo("batchSize 4");
    }

    @Test
    void aGateThatTheEvaluatorFoundFailedFlagsEveryFigureOfTheMethodAndNoOther() {
        Document page = page(run("rtda", 1, 0.75, 0.5), run("erm", 1, 0.875, 0.125, NOISE));

        assertThat(page.select("#G1").text())
                .contains(
                        "busi-28 at L2 0.5",
                        "erm",
                        "seed 1: noise-hurts-less: <script>noise</script>: 0.2, attack: 0.25")
                .contains("(concerns " + PGD + ")");
        for (Element row : page.select("table:has(caption:matches(ccuracy)) tr:has(th)")) {
            boolean flagged = row.child(0).text().equals("erm");
            assertThat(row.select("td:has(data)")).allSatisfy(cell -> assertThat(cell.select("a.flag[href=#G1]"))
                    .hasSize(flagged ? 1 : 0));
        }
        assertThat(page.select(".flagtext").eachText()).containsExactly("⚑G1");
        assertThat(page.select(".notice").text()).contains("fail a gate");
    }

    @Test
    void whatTheFullSuiteFoundStandsOnThePage() {
        Run erm = run("erm", 1, 0.875, 0.125);
        FullResult full = new FullResult(
                "exp-erm1",
                "e",
                rows("erm", 1, "aa-binary-l2@0.5", 0.25),
                List.of(new Evaluation.Gate("black-box", "FAILED", List.of(), "square wins")));

        Document page = page(run("rtda", 1, 0.75, 0.5), new Run(erm.cell(), erm.result(), Optional.of(full)));

        assertThat(table(page, "Full evaluation: balanced accuracy"))
                .singleElement()
                .asString()
                .startsWith("aa-binary-l2@0.5 0.150 [0.100, 0.200]");
        assertThat(page.select("table:has(caption:matches(^Full evaluation: balanced)) a.flag[href=#G1]"))
                .isNotEmpty();
        assertThat(table(page, "Full evaluation: gates")).containsExactly("black-box failed");
        assertThat(page.select("#G1").text()).contains("seed 1: full evaluation: black-box: square wins");
    }

    @Test
    void imagesMadeAgainstAnotherRunAreACellOfTheTransferMatrixAndNoColumn() {
        Run rtda = run("rtda", 1, 0.75, 0.5, rows("rtda", 1, "from-exp-erm1-apgd-ce-l2-100@0.5", 0.625));
        Run erm = run("erm", 1, 0.875, 0.125);

        Document page = page(rtda, erm);

        Element matrix = page.select("table:has(caption:contains(Transfer))").get(0);
        assertThat(matrix.select("caption").text()).contains("apgd-ce-l2-100@0.5");
        assertThat(matrix.select("thead th").eachText()).containsExactly("Judged", "made against erm seed 1");
        assertThat(matrix.select("tbody tr").eachText())
                .containsExactly("rtda seed 1 0.625 [0.575, 0.675] n 156, constant 0.600", "erm seed 1 not measured");
        assertThat(page.select("table:has(caption:matches(^Accuracy)) thead").text())
                .doesNotContain("from-");
    }

    @Test
    void thePageLoadsNothingAndRunsNothing() {
        String html = html(run("rtda", 1, 0.75, 0.5), run("erm", 1, 0.875, 0.125, NOISE));

        Document page = Jsoup.parse(html);
        assertThat(page.select("script, link, iframe, object, embed, [src]")).isEmpty();
        assertThat(html).doesNotContain("http:", "https:", "url(", "@import");
        assertThat(page.select("[href]"))
                .allSatisfy(e -> assertThat(page.select(e.attr("href"))).hasSize(1));
    }

    /** Noise is no attack that plain training must fall to, nor is an attacked corruption one of another strength. */
    @Test
    void onlyUntargetedAttacksAreJudgedAsAttacks() {
        assertThat(List.of(
                                "clean",
                                PGD,
                                "aa-binary-l2@0.5",
                                "miss-pgd-l2-10@0.5",
                                "random-noise-l2-1@0.5",
                                "jpeg@3",
                                "pgd-l2-10@0.5+jpeg@3",
                                "shift-a+b",
                                "from-exp-1-pgd-l2-10@0.5",
                                "probe-gradients")
                        .stream()
                        .map(label -> rows("erm", 1, label, 0.5).get(0).conditionDetails())
                        .map(Column.Kind::of))
                .containsExactly(
                        Column.Kind.CLEAN,
                        Column.Kind.ATTACK,
                        Column.Kind.ATTACK,
                        Column.Kind.GOAL,
                        Column.Kind.NOISE,
                        Column.Kind.CORRUPTION,
                        Column.Kind.ATTACKED_CORRUPTION,
                        Column.Kind.SHIFT,
                        Column.Kind.TRANSFER,
                        Column.Kind.PROBE);
    }
}
