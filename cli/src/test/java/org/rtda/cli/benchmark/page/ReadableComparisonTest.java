package org.rtda.cli.benchmark.page;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.cli.benchmark.FakeBenchmark;
import org.rtda.cli.benchmark.FakeGateway;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.GridSets;
import org.rtda.testkit.AccessiblePage;
import org.rtda.testkit.Browser;

/** The report of a comparison, with everything that it may have, is readable by everybody: on screens and on paper. */
class ReadableComparisonTest {
    private static Path page;
    private static Browser browser;

    @BeforeAll
    static void write(@TempDir Path folder) throws InterruptedException {
        browser = Browser.open();
        BenchmarkGrid grid = BenchmarkGrid.of(
                GridSets.json(FakeBenchmark.SMALL),
                List.of(GridSets.grey("busi-28", 28)),
                List.of("rtda", "erm", "augmix", "trades"),
                List.of(1L, 2L),
                List.of(0.25, 0.5),
                null);
        try (FakeGateway gateway = new FakeGateway()) {
            FakeBenchmark.run(folder, grid, gateway, Map.of("rtda", "0"), true);
        }
        page = folder.resolve("report.html");
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "screen, light, 1440",
        "screen, dark, 1440",
        "screen, light, 390",
        "screen, dark, 390",
        // A4 between its margins, in CSS pixels
        "print, light, 688"
    })
    void nothingOfItIsBeyondAnybody(String media, String scheme, int width) {
        new AccessiblePage(browser, page, "comparison").check(media, scheme, width);
    }
}
