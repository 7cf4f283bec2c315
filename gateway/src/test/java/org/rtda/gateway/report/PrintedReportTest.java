package org.rtda.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.gateway.view.ReviewedEvaluation;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.report.Report;
import org.rtda.report.ReportPage;
import org.rtda.store.DatasetReader;

/** Prints reports with Chromium. RTDA_PRINT_DIR, where it is set, is a folder that keeps what was printed. */
class PrintedReportTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    /** @page has margins of 14 mm to the left and right, in points. */
    private static final float MARGIN = 14 / 25.4f * 72;

    @TempDir
    Path folder;

    @BeforeEach
    void needsChromium() {
        assumeTrue(Files.isExecutable(CHROMIUM), "there is no " + CHROMIUM + " to print with");
    }

    private static Report report(ReviewedEvaluation given) {
        return new Reports(
                        given.views,
                        new DatasetReader(given.store, 1 << 20),
                        given.store,
                        "0.1.0",
                        Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC))
                .of("exp-1", true)
                .orElseThrow();
    }

    private PDDocument printed(String name, Report report) throws Exception {
        Path kept = System.getenv("RTDA_PRINT_DIR") == null ? folder : Path.of(System.getenv("RTDA_PRINT_DIR"));
        Path page = Files.writeString(kept.resolve(name + ".html"), ReportPage.render(report));
        Path pdf = kept.resolve(name + ".pdf");
        Path log = folder.resolve("log");
        Process chromium = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-zygote",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--no-pdf-header-footer",
                        "--print-to-pdf=" + pdf,
                        page.toUri().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = chromium.waitFor(2, TimeUnit.MINUTES);
        chromium.destroyForcibly();
        assertThat(ended && Files.exists(pdf)).as(Files.readString(log)).isTrue();
        return Loader.loadPDF(pdf.toFile());
    }

    private static String text(PDDocument document, int page) throws IOException {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        return stripper.getText(document);
    }

    /** Every letter lies within the margins of its page, so that none is cut off. */
    private static void assertNothingIsCutOff(PDDocument document) throws IOException {
        for (int i = 1; i <= document.getNumberOfPages(); i++) {
            PDPage page = document.getPage(i - 1);
            float width = page.getMediaBox().getWidth();
            PDFTextStripper stripper = new PDFTextStripper() {
                @Override
                protected void writeString(String text, List<TextPosition> letters) {
                    for (TextPosition letter : letters) {
                        if (letter.getDir() != 0) {
                            continue; // of the label of a vertical axis
                        }
                        assertThat(letter.getXDirAdj()).as("left of %s", text).isGreaterThan(MARGIN - 1);
                        assertThat(letter.getXDirAdj() + letter.getWidthDirAdj())
                                .as("right of %s", text)
                                .isLessThan(width - MARGIN + 1);
                    }
                }
            };
            stripper.setStartPage(i);
            stripper.setEndPage(i);
            stripper.getText(document);
        }
    }

    private static void assertIsComposed(PDDocument document) throws IOException {
        int pages = document.getNumberOfPages();
        assertThat(pages).isLessThanOrEqualTo(12);
        assertThat(text(document, 1))
                .contains("In short", "Where it fails", "Balanced accuracy")
                .doesNotContain("Gates\n");
        for (int page = 1; page <= pages; page++) {
            assertThat(text(document, page)).contains(page + " / " + pages, "Not for clinical use.");
        }
        assertThat(text(document, 2)).contains("\nGates\n");
        assertNothingIsCutOff(document);
    }

    @Test
    void theReportOfAFullEvaluationHasAtMostTwelvePagesWithoutItsAppendix() throws Exception {
        try (PDDocument document = printed(
                "full",
                report(new ReviewedEvaluation("pneumonia").full().complete()).withoutAppendix())) {
            assertIsComposed(document);
            // a radius in the narrow column of attacks
            assertThat(new PDFTextStripper().getText(document)).contains("0.007843");
        }
    }

    @Test
    void soHasThatOfAStandardEvaluation() throws Exception {
        try (PDDocument document = printed(
                "standard",
                report(new ReviewedEvaluation("pneumonia").standard().complete())
                        .withoutAppendix())) {
            assertIsComposed(document);
        }
    }

    @Test
    void longNamesAreBrokenAndTheAppendixComesLast() throws Exception {
        Report whole = report(
                new ReviewedEvaluation("suspicious-".repeat(12)).standard().complete());
        try (PDDocument document = printed("names", whole)) {
            assertNothingIsCutOff(document);
            assertThat(new PDFTextStripper().getText(document)).contains("Every figure");
        }
        assertThat(whole.sections()).last().extracting(Report.Section::id).isEqualTo("figures");
    }
}
