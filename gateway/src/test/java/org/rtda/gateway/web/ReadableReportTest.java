package org.rtda.gateway.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.gateway.report.Reports;
import org.rtda.gateway.view.ReviewedEvaluation;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.report.Report;
import org.rtda.report.ReportPage;
import org.rtda.store.DatasetReader;
import org.rtda.testkit.AccessiblePage;
import org.rtda.testkit.Browser;

/** The report of a full evaluation, with images, is readable by everybody: on screens and on paper. */
class ReadableReportTest {
    private static Path page;
    private static Browser browser;

    @BeforeAll
    static void write(@TempDir Path folder) throws IOException {
        browser = Browser.open();
        ReviewedEvaluation given = new ReviewedEvaluation("pneumonia").full().complete();
        Report report = new Reports(
                        given.views,
                        new DatasetReader(given.store, 1 << 20),
                        given.store,
                        "0.1.0",
                        Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC))
                .of("exp-1", true)
                .orElseThrow();
        // thousands of cells of the appendix are of one kind, which tables before it have too: they would take minutes
        page = Files.writeString(folder.resolve("report.html"), ReportPage.render(report.withoutAppendix()));
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
        "print, light, 688",
        "print, dark, 688"
    })
    void nothingOfItIsBeyondAnybody(String media, String scheme, int width) {
        new AccessiblePage(browser, page, "report").check(media, scheme, width);
    }
}
