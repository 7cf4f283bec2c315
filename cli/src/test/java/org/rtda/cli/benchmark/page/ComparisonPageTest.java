package org.rtda.cli.benchmark.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.cli.benchmark.FakeGateway;
import org.rtda.cli.benchmark.grid.GridSets;
import org.rtda.cli.rest.Experiment;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.dataset.DatasetManifest;

/** As the demo has it: erm and rtda, trained and evaluated, that no benchmark submitted. */
class ComparisonPageTest {
    private static final DatasetManifest DATASET = GridSets.grey("phantom-ultrasound", 28);

    private final FakeGateway gateway = new FakeGateway();
    private Document page;

    @BeforeEach
    void write() {
        GatewayClient client = new GatewayClient(gateway.address());
        List<Experiment> ended = List.of("erm", "rtda").stream()
                .map(method -> client.experiment(
                        client.submit(EventCodec.mapper().valueToTree(spec(method)), "key of " + method)))
                .toList();
        String html = new ComparisonPage(
                        Map.of("rtda", "0.1.0"), Clock.fixed(Instant.parse("2026-11-02T10:00:00Z"), ZoneOffset.UTC))
                .html(client, DATASET, ended);
        page = Jsoup.parse(html);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static ExperimentSpec spec(String method) {
        return EventCodec.mapper()
                .convertValue(
                        GridSets.json("{\"dataset\":\"phantom-ultrasound\",\"method\":\"" + method
                                + "\",\"seed\":7,\"batchSize\":5,\"attack\":{\"epsilon\":0.5},"
                                + "\"evaluation\":{\"epsilons\":[0.25,0.5]}}"),
                        ExperimentSpec.class)
                .resolvedFor(DATASET);
    }

    private List<String> table(String caption) {
        return page.select("table:has(caption:matches(^" + caption + ")) tbody tr")
                .eachText();
    }

    /** The gateway measures erm at 1 clean and 0.25 attacked, rtda at 0.75 both; an interval goes from half of that to 1. */
    @Test
    void theFiguresOfBothMethodsStandInOneTable() {
        assertThat(page.title()).isEqualTo("Comparison of erm and rtda – phantom-ultrasound, seed 7");
        assertThat(page.select("table:has(caption:matches(^Balanced accuracy)) thead th")
                        .eachText())
                .containsExactly("Method", "clean", "pgd-l2-10@0.5");
        assertThat(table("Balanced accuracy"))
                .containsExactly(
                        "erm 1.000 [0.500, 1.000] ⚑G1 0.250 [0.125, 1.000] ⚑G1",
                        "rtda 0.750 [0.375, 1.000] 0.750 [0.375, 1.000]",
                        "a constant answer 0.500 0.500");
    }

    /** Radius 0.25 was not measured. */
    @Test
    void aCurveForEachMethodFallsFromCleanImagesToTheLargestRadius() {
        assertThat(page.select("#headline svg.chart[aria-label*=by radius] title")
                        .eachText())
                .containsExactly(
                        "erm at 0: 1.000 [0.500, 1.000], flagged G1",
                        "erm at 0.5: 0.250 [0.125, 1.000], flagged G1",
                        "rtda at 0: 0.750 [0.375, 1.000]",
                        "rtda at 0.5: 0.750 [0.375, 1.000]");
    }

    @Test
    void whatIsComparedIsFinalAndSaysItsDataAndVersion() {
        assertThat(page.select(".notice").text()).doesNotContain("not the final table");
        assertThat(page.select("#data").text()).contains("phantom-ultrasound", "1 x 28 x 28", "made by hand");
        assertThat(page.select("#setting").text()).contains("erm, rtda", "0.1.0");
    }
}
