package org.rtda.cli.benchmark.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.cli.benchmark.FakeBenchmark;
import org.rtda.cli.benchmark.FakeGateway;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.GridSets;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;

class PublicationTest {
    private static final Map<String, String> BUILD = Map.of("rtda", "0");

    @TempDir
    private Path temporary;

    private final FakeGateway gateway = new FakeGateway();
    private final List<String> told = new ArrayList<>();
    private boolean further;

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Path out() {
        return temporary.resolve("out");
    }

    private Path target() {
        return temporary.resolve("docs/busi");
    }

    private void run(List<Double> epsilons, List<String> methods) throws InterruptedException {
        run("busi-28", epsilons, methods);
    }

    private void run(String dataset, List<Double> epsilons, List<String> methods) throws InterruptedException {
        BenchmarkGrid grid = BenchmarkGrid.of(
                GridSets.json(FakeBenchmark.SMALL),
                List.of(GridSets.grey(dataset, 28)),
                methods,
                List.of(1L),
                epsilons,
                null);
        FakeBenchmark.run(out(), grid, gateway, BUILD, further);
    }

    private static BenchmarkReport report() {
        return new BenchmarkReport(BUILD, FakeBenchmark.CLOCK);
    }

    private JsonNode published() throws IOException {
        return EventCodec.mapper().readTree(target().resolve("published.json").toFile());
    }

    @Test
    void whatIsPublishedIsWhatTheBenchmarkWroteWithoutTheLargeFiles() throws Exception {
        run(List.of(0.5), List.of("rtda", "erm"));
        gateway.close();

        assertThat(Publication.of(report(), told::add).publish(out(), target())).containsExactly(target());

        try (var files = Files.list(target())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "published.json", "results.md", "tradeoff-busi-28-0.5.svg", "loss-busi-28-0.5.svg", "runs");
        }
        assertThat(published().get("summaries"))
                .containsExactlyInAnyOrderElementsOf(EventCodec.mapper()
                        .readTree(out().resolve("published.json").toFile())
                        .get("summaries"));
        assertThat(told).isEmpty();
    }

    /** Two methods are done and one has failed; the full suite and the transfer matrix are there. */
    @Test
    void thePagesMadeFromTheCommittedFilesAreThoseMadeFromTheBenchmarksFolder() throws Exception {
        further = true;
        gateway.failing("trades");
        run(List.of(0.25, 0.5), List.of("rtda", "erm", "trades"));
        gateway.close();
        Publication.of(report(), told::add).publish(out(), target());

        Path again = temporary.resolve("again");
        Publication.of(report(), told::add).publish(target(), again);

        List<Path> files = files(target());
        assertThat(files)
                .contains(Path.of("runs/busi-28/0.25/rtda/seed-1.json"), Path.of("runs/busi-28/any/erm/seed-1.json"));
        assertThat(files(again)).isEqualTo(files);
        for (Path file : files) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(target().resolve(file));
        }
        assertThat(Files.readString(again.resolve("results.md")))
                .contains(
                        "3 of 5 runs are done",
                        "### Full evaluation",
                        "### Transfer",
                        "- busi-28/0.5/trades/seed-1: failed");
        assertThat(told).isEmpty();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void runsThatWerePublishedBeforeAreNotDroppedSilently() throws Exception {
        run(List.of(0.5), List.of("rtda", "erm"));
        Publication.of(report(), told::add).publish(out(), target());
        Path state = out().resolve("state.json");
        ObjectNode left = (ObjectNode) EventCodec.mapper().readTree(state.toFile());
        ((ObjectNode) left.get("cells")).remove("busi-28/any/erm/seed-1");
        Files.write(state, EventCodec.write(left));

        String refusal = target() + " has 1 run that " + out()
                + " lacks, first busi-28/any/erm/seed-1: take them over by rtda benchmark --from " + target()
                + ", or publish into another folder";
        assertThatThrownBy(() -> Publication.of(report(), told::add).publish(out(), target()))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(refusal);

        // published before runs had files of their own
        try (Stream<Path> files = Files.walk(target().resolve("runs"))) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        assertThatThrownBy(() -> Publication.of(report(), told::add).publish(out(), target()))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(refusal);
    }

    @Test
    void committedFilesThatDoNotFitTogetherAreRefused() throws Exception {
        run(List.of(0.5), List.of("rtda", "erm"));
        Publication.of(report(), told::add).publish(out(), target());
        Files.delete(target().resolve("runs/busi-28/any/erm/seed-1.json"));

        assertThatThrownBy(() -> Publication.of(report(), told::add).publish(target(), target()))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(target() + ": published.json and the files of the runs disagree on busi-28/any/erm/seed-1:"
                        + " publish it again from the benchmark's own folder");
    }

    /** The first call has rtda at 0.5 alone, the second both methods at 0.25. */
    @Test
    void theCellsOfEveryCallArePublished() throws Exception {
        run(List.of(0.5), List.of("rtda"));
        run(List.of(0.25), List.of("rtda", "erm"));

        Publication.of(report(), told::add).publish(out(), target());

        List<String> cells = new ArrayList<>();
        published().get("cells").forEach(cell -> cells.add(cell.get("id").asText()));
        assertThat(cells)
                .containsExactly("busi-28/any/erm/seed-1", "busi-28/0.25/rtda/seed-1", "busi-28/0.5/rtda/seed-1");
        assertThat(published().at("/grid/datasets/0/trainingEpsilons")).hasSize(2);
        assertThat(Files.readString(target().resolve("results.md")))
                .contains("3 of 3 runs are done.", "trained at L2 0.25", "trained at L2 0.5");
    }

    /** As an earlier build left it: without a curve in the cell's file. */
    @Test
    void curvesThatTheFolderLacksComeFromTheGatewayOnceAndStay() throws Exception {
        run(List.of(0.5), List.of("rtda"));
        Path file = out().resolve("cells/busi-28/0.5/rtda/seed-1.json");
        ObjectNode cell = (ObjectNode) EventCodec.mapper().readTree(file.toFile());
        ((ObjectNode) cell.get("training")).remove("curve");
        Files.write(file, EventCodec.write(cell));

        Publication.of(report(), told::add).publish(out(), target());
        assertThat(published().get("curves")).isEmpty();
        assertThat(told)
                .containsExactly(
                        "no training curve of 1 run, first busi-28/0.5/rtda/seed-1: --curves asks the gateway that"
                                + " trained them");

        Publication.of(report(), new GatewayClient(gateway.address()), told::add)
                .publish(out(), target());
        assertThat(published().at("/curves/0/curve/loss/0").doubleValue()).isEqualTo(1);

        gateway.close();
        Publication.of(report(), told::add).publish(out(), target());
        assertThat(published().at("/curves/0/curve/loss/0").doubleValue()).isEqualTo(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void aDataSetThatTheLastCallWasNotAboutIsNotLeftOutSilently() throws Exception {
        run("busi-28", List.of(0.5), List.of("rtda"));
        run("pneumonia-28", List.of(0.5), List.of("rtda"));

        assertThatThrownBy(() -> Publication.of(report(), told::add).publish(out(), target()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageEndingWith(
                        "has runs of busi-28, which the last rtda benchmark there did not include: run it once more"
                                + " with --datasets pneumonia-28,busi-28");
    }

    @Test
    void aFolderOfSeveralBenchmarksIsPublishedIntoFoldersOfTheirNames() throws Exception {
        run(List.of(0.5), List.of("rtda"));

        assertThat(Publication.of(report(), told::add).publish(temporary, target()))
                .containsExactly(target().resolve("out"));
    }

    @Test
    void aFolderWithoutABenchmarkIsRefused() {
        assertThatThrownBy(() -> Publication.of(report(), told::add).publish(temporary, target()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("neither ")
                .hasMessageEndingWith(" has a state.json of rtda benchmark, or published runs");
    }

    /** The played gateway measures rtda at 0.75 everywhere, erm at 1 clean and 0.25 attacked; an interval goes from half to 1. */
    @Test
    void aPagesMarkedTablesAndSentencesAreBroughtUpToDateAndItsWordsStay() throws Exception {
        run(List.of(0.5), List.of("rtda", "erm"));
        Publication.of(report(), told::add).publish(out(), target());
        Path page = temporary.resolve("page.md");
        Files.writeString(page, """
                Before.
                <!-- figures: docs/busi/published.json, busi-28, 0.5, balanced-accuracy -->
                | method | pgd-l2-10@0.5 | clean |
                |---|---|---|
                | old | 1 | 2 |

                Between.
                <!-- verdicts: docs/busi/published.json, busi-28, 0.5 -->
                | rtda against | clean |
                |---|---|
                | old | 1 |

                <!-- runs: docs/busi/published.json -->
                - old

                - After.
                """);

        Publication.rewrite(page, temporary);

        String text = Files.readString(page);
        assertThat(text)
                .startsWith("""
                        Before.
                        <!-- figures: docs/busi/published.json, busi-28, 0.5, balanced-accuracy -->
                        | method | pgd-l2-10@0.5 | clean |
                        |---|---|---|
                        | rtda | 0.750 [0.375, 1.000] (1) | 0.750 [0.375, 1.000] (1) |
                        | erm † | 0.250 [0.125, 1.000] (1) | 1.000 [0.500, 1.000] (1) |

                        Between.
                        <!-- verdicts: docs/busi/published.json, busi-28, 0.5 -->
                        | rtda against | clean |
                        |---|---|
                        | erm † | -0.250 [""")
                .contains("] (1), balanced -0.250: not shown |\n\n<!-- runs")
                .endsWith("""
                        <!-- runs: docs/busi/published.json -->
                        - `busi-28`: 2 runs (seed 1: 2)
                        - in all: 2 runs

                        - After.
                        """)
                .doesNotContain("old");
        Publication.rewrite(page, temporary);
        assertThat(page).hasContent(text);
    }

    /** A picture that is shown without its page must not hide what the tables mark. */
    @Test
    void tradeOffPicturesMarkAMethodThatFailsAGate() throws Exception {
        run(List.of(0.5), List.of("rtda", "erm"));
        Publication.of(report(), told::add).publish(out(), target());

        assertThat(Files.readString(target().resolve("tradeoff-busi-28-0.5.svg")))
                .contains("erm †", "(†: a run")
                .doesNotContain("rtda †");
    }

    /** A run that was done twice, for example on two machines, is one run of the comparison. */
    @Test
    void aRunInTwoFilesCountsOnce() throws Exception {
        run(List.of(0.5), List.of("rtda", "erm"));
        Publication.of(report(), told::add).publish(out(), target());
        Files.createDirectories(temporary.resolve("again"));
        Files.copy(target().resolve("published.json"), temporary.resolve("again/published.json"));

        assertThat(rewrite("<!-- runs: docs/busi/published.json, again/published.json -->\n"))
                .contains("- `busi-28`: 2 runs (seed 1: 2)\n- in all: 2 runs\n");
    }

    /** An empty block would look as if there were nothing to say. */
    @Test
    void aMarkThatMatchesNothingIsRefused() throws Exception {
        run(List.of(0.5), List.of("rtda"));
        Publication.of(report(), told::add).publish(out(), target());
        String table = "\n| method | clean |\n|---|---|\n";

        assertThatThrownBy(() -> rewrite("<!-- figures: docs/busi/published.json, busi-28, 0.25, accuracy -->" + table))
                .hasMessage("docs/busi/published.json has no figure of accuracy of busi-28 at 0.25");
        assertThatThrownBy(() -> rewrite("<!-- verdicts: docs/busi/published.json, busi-28, 0.5 -->" + table))
                .hasMessage("docs/busi/published.json has no paired test of busi-28 at 0.5");
        for (String wrong : List.of(
                "<!-- figures: docs/busi/published.json, busi-28, 0.5 -->",
                "<!-- verdicts docs/busi/published.json, busi-28, 0.5 -->",
                "<!-- runs: docs/busi/published.json --> and more")) {
            assertThatThrownBy(() -> rewrite(wrong + table))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageStartingWith("a mark must be <!-- figures: FILE, DATA SET, RADIUS, METRIC -->, ")
                    .hasMessageEndingWith("alone on its line, was " + wrong);
        }
    }

    private String rewrite(String text) throws IOException {
        Path page = temporary.resolve("page.md");
        Files.writeString(page, text);
        Publication.rewrite(page, temporary);
        return Files.readString(page);
    }

    @Test
    void aTableWithAColumnThatItsFileLacksIsRefusedByName() throws Exception {
        run(List.of(0.5), List.of("rtda"));
        Publication.of(report(), told::add).publish(out(), target());
        Path page = temporary.resolve("page.md");
        Files.writeString(
                page,
                "<!-- figures: docs/busi/published.json, busi-28, 0.5, accuracy -->\n| method | dirty |\n|---|---|\n");

        assertThatThrownBy(() -> Publication.rewrite(page, temporary))
                .hasMessage("the table of busi-28 at 0.5 has a column dirty that its file lacks");
    }
}
