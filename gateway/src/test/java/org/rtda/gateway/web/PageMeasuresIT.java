package org.rtda.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.testkit.LocalStackResource;

/**
 * What pages cost a browser. The figures are written to {@code target/page-measures.txt}, for docs/performance.md; what depends on the
 * machine's speed is written and not judged.
 */
@QuarkusTest
@WithTestResource(LocalStackResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageMeasuresIT extends PagesInBrowser {
    private static final Path FIGURES = Path.of("target", "page-measures.txt");
    private static final int MANY = 1000;
    /** What a thousand steps are themselves: some thirty numbers and texts each, kept for the charts. */
    private static final long BYTES_OF_STEPS = 6L << 20;
    /** Notes when the first row is there, and when the whole list has come. */
    private static final String WATCH_ROWS = "globalThis.seen = {};"
            + "new MutationObserver(() => {"
            + "  if (!seen.row && document.querySelector('tbody tr')) seen.row = performance.now();"
            + "  if (!seen.all && /^[1-9],\\d{3} experiments$/.test(document.querySelector('.found')?.textContent ?? ''))"
            + "    seen.all = performance.now();"
            + "}).observe(document, { childList: true, subtree: true, characterData: true });";

    private DatasetRef dataset;

    @BeforeAll
    void fill(@TempDir Path folder) throws IOException {
        dataset = new PageData(store).importDataset(folder);
        browser.size(1440, 900);
        Files.createDirectories(FIGURES.getParent());
        Files.deleteIfExists(FIGURES);
    }

    private static void write(String format, Object... figures) throws IOException {
        Files.writeString(
                FIGURES,
                String.format(Locale.ROOT, format + "%n", figures),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private record Held(long heapBytes, long nodes, long listeners) {}

    /** After everything that nobody needs has been given back. */
    private Held held() {
        browser.driver().executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        browser.driver().executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        Map<String, Object> heap = browser.driver().executeCdpCommand("Runtime.getHeapUsage", Map.of());
        Map<String, Object> dom = browser.driver().executeCdpCommand("Memory.getDOMCounters", Map.of());
        return new Held(
                ((Number) heap.get("usedSize")).longValue(),
                ((Number) dom.get("nodes")).longValue(),
                ((Number) dom.get("jsEventListeners")).longValue());
    }

    @Test
    void aThousandLiveUpdatesLeaveNothingButTheirNumbers() throws IOException {
        String id = "exp-measured0001";
        PageRun run = fixture.run(id, "rtda", 7, 0.8, dataset, 500)
                .submit()
                .train(1, 500)
                .status(State.RUNNING, 500, null);
        topics.flush();
        browser.driver().get(gateway + "#/experiments/" + id);
        see("500 of 160");
        Held before = held();
        run.train(501, 500 + MANY).status(State.RUNNING, 500 + MANY, null);
        topics.flush();
        see(500 + MANY + " of 160");
        Held after = held();

        write(
                "live page, %d more updates: heap %.1f MiB, then %.1f MiB; DOM nodes %d, then %d; listeners %d, then %d",
                MANY,
                before.heapBytes() / (double) (1 << 20),
                after.heapBytes() / (double) (1 << 20),
                before.nodes(),
                after.nodes(),
                before.listeners(),
                after.listeners());
        assertThat(after.heapBytes() - before.heapBytes()).isLessThan(BYTES_OF_STEPS);
        // a line of the story for the new status, and what the browser makes for a field or a cursor
        assertThat(after.nodes() - before.nodes()).isLessThan(100);
        assertThat(after.listeners() - before.listeners()).isLessThan(20);
    }

    @Test
    void aThousandExperimentsArePainted() throws IOException {
        fixture.sendMany(MANY, dataset);
        topics.flush();
        browser.await().until(driver -> ListedExperiments.beginningWith("exp-many") == MANY);
        browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH_ROWS));
        // another place of the same page is no new document
        browser.driver().get("about:blank");
        browser.driver().get(gateway + "#/experiments");
        browser.await().until(driver -> (Boolean) browser.driver().executeScript("return Boolean(seen.all)"));
        // a second time, as most visits are: the gateway's queries and the browser's files are warm
        browser.driver().get("about:blank");
        browser.driver().get(gateway + "#/experiments");
        browser.await().until(driver -> (Boolean) browser.driver().executeScript("return Boolean(seen.all)"));

        List<?> times = (List<?>)
                browser.driver()
                        .executeScript(
                                "return [performance.getEntriesByName('first-contentful-paint')[0].startTime, seen.row, seen.all]");
        write(
                "%d experiments: first paint after %.0f ms, first rows after %.0f ms, all of them after %.0f ms",
                MANY,
                ((Number) times.get(0)).doubleValue(),
                ((Number) times.get(1)).doubleValue(),
                ((Number) times.get(2)).doubleValue());
        assertThat(browser.driver().findElements(By.cssSelector("tbody tr"))).hasSize(100);
    }
}
