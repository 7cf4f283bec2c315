package org.rtda.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.GridSets;
import org.rtda.cli.benchmark.page.BenchmarkReport;
import org.rtda.cli.benchmark.page.Publication;
import org.rtda.cli.benchmark.result.BenchmarkFolder;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;

/** A comparison that is begun on one machine, committed, and gone on with on another. */
class TakeoverTest {
    private static final Map<String, String> BUILD = Map.of("rtda", "0", "commit", "abc");
    private static final Map<String, String> LATER = Map.of("rtda", "0", "commit", "def");

    @TempDir
    private Path temporary;

    private final FakeGateway first = new FakeGateway();
    private final FakeGateway second = new FakeGateway();

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private Path here() {
        return temporary.resolve("here");
    }

    private Path there() {
        return temporary.resolve("there");
    }

    private Path committed() {
        return temporary.resolve("docs/busi");
    }

    private void publish(Path from, Map<String, String> build) {
        Publication.of(new BenchmarkReport(build, FakeBenchmark.CLOCK), line -> {})
                .publish(from, committed());
    }

    private int takeOver(BenchmarkGrid grid, Map<String, String> build, boolean otherBuilds) {
        try (BenchmarkFolder folder = BenchmarkFolder.open(there())) {
            return new Takeover(grid, folder, build).from(committed(), otherBuilds);
        }
    }

    private static JsonNode json(Path file) throws IOException {
        return EventCodec.mapper().readTree(file.toFile());
    }

    @Test
    void onAnotherMachineOnlyTheRunsThatAreLeftAreTrained() throws Exception {
        FakeBenchmark.run(here(), GridSets.grid(List.of(1L), FakeBenchmark.SMALL), first, BUILD, true);
        publish(here(), BUILD);
        BenchmarkGrid grid = GridSets.grid(List.of(1L, 2L), FakeBenchmark.SMALL);

        assertThat(takeOver(grid, BUILD, false)).isEqualTo(2);
        FakeBenchmark.run(there(), grid, second, BUILD, true);

        assertThat(second.methodsSubmitted()).containsExactly("rtda 2", "erm 2");
        // the models of seed 1 are on the first machine
        assertThat(second.evaluations.values()).hasSize(4).noneMatch(wanted -> wanted.toString()
                .contains("exp-3"));
        publish(there(), BUILD);
        JsonNode published = json(committed().resolve("published.json"));
        assertThat(published.at("/pairedTests/0/ofSeeds"))
                .as("tests on images of both seeds")
                .hasSize(2);
        assertThat(published.get("full").toString()).contains("erm/seed-1", "erm/seed-2");
        assertThat(published.get("transfer").toString()).contains("\"seed\":1", "\"seed\":2");
    }

    @Test
    void aRunThatTheFolderHasStaysAndOneTakenOverIsNotTakenTwice() throws Exception {
        BenchmarkGrid grid = GridSets.grid(List.of(1L), FakeBenchmark.SMALL);
        FakeBenchmark.run(here(), grid, first, BUILD, false);
        publish(here(), BUILD);

        assertThat(takeOver(grid, BUILD, false)).isEqualTo(2);
        assertThat(takeOver(grid, BUILD, false)).isZero();
    }

    /** The tables have all seeds, so those that this call does not ask for are taken over, too. */
    @Test
    void runsOfOtherSeedsAreTakenOver() throws Exception {
        FakeBenchmark.run(here(), GridSets.grid(List.of(1L), FakeBenchmark.SMALL), first, BUILD, false);
        publish(here(), BUILD);

        assertThat(takeOver(GridSets.grid(List.of(2L), FakeBenchmark.SMALL), BUILD, false))
                .isEqualTo(2);
    }

    @Test
    void runsOfAnotherSpecificationAreRefused() throws Exception {
        FakeBenchmark.run(here(), GridSets.grid(List.of(1L), FakeBenchmark.SMALL), first, BUILD, false);
        publish(here(), BUILD);
        String other = FakeBenchmark.SMALL.replace("\"epochs\":2", "\"epochs\":9");

        for (long seed : List.of(1L, 2L)) {
            assertThatThrownBy(() -> takeOver(GridSets.grid(List.of(seed), other), BUILD, false))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage(
                            committed() + " has 2 runs of another specification, first busi-28/0.5/rtda/seed-1 (epochs"
                                    + " was 2, is 9). Give the arguments with which they were made, or leave out --from");
        }
        assertThat(there().resolve("cells")).doesNotExist();
    }

    @Test
    void runsOnOtherImagesAreRefused() throws Exception {
        FakeBenchmark.run(here(), GridSets.grid(List.of(1L), FakeBenchmark.SMALL), first, BUILD, false);
        publish(here(), BUILD);
        BenchmarkGrid other = BenchmarkGrid.of(
                GridSets.json(FakeBenchmark.SMALL),
                List.of(GridSets.of("busi-28", 1, 28, 12)),
                List.of("rtda", "erm"),
                List.of(1L),
                List.of(0.5),
                null);

        assertThatThrownBy(() -> takeOver(other, BUILD, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(
                        committed() + " has runs on other images of busi-28: their data set's fingerprint is ")
                .hasMessageEndingWith(". Import the same files, or leave out --from");
    }

    @Test
    void runsOfAnotherBuildAreTakenOverOnRequestAndThePageNamesEachBuild() throws Exception {
        FakeBenchmark.run(here(), GridSets.grid(List.of(1L), FakeBenchmark.SMALL), first, BUILD, false);
        publish(here(), BUILD);
        BenchmarkGrid grid = GridSets.grid(List.of(1L, 2L), FakeBenchmark.SMALL);

        assertThatThrownBy(() -> takeOver(grid, LATER, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(
                        committed()
                                + " has 2 runs that another build trained (rtda 0, commit abc; this is rtda 0, commit"
                                + " def), whose figures may differ. --other-builds takes them over, and the pages name each build");
        assertThat(takeOver(grid, LATER, true)).isEqualTo(2);
        FakeBenchmark.run(there(), grid, second, LATER, false);
        publish(there(), LATER);

        assertThat(Files.readString(committed().resolve("results.md")))
                .contains("Trained by rtda 0, commit abc (2 runs); rtda 0, commit def (2 runs).");
        JsonNode published = json(committed().resolve("published.json"));
        assertThat(published.at("/versions/commit").asText()).isEqualTo("def");
        assertThat(published.at("/cells/0/trainedBy/commit").asText()).isEqualTo("abc");
        assertThat(published.at("/cells/1/trainedBy/commit").asText()).isEqualTo("def");
    }

    /** As earlier builds left it: the state file does not say which build had a cell trained, results.json names the last. */
    @Test
    void cellsOfEarlierBuildsKeepTheBuildThatResultsJsonNames() throws Exception {
        FakeBenchmark.run(here(), GridSets.grid(List.of(1L), FakeBenchmark.SMALL), first, BUILD, false);
        Path state = here().resolve("state.json");
        ObjectNode written = (ObjectNode) json(state);
        written.get("cells").forEach(cell -> ((ObjectNode) cell).remove("trainedBy"));
        Files.write(state, EventCodec.write(written));

        FakeBenchmark.run(here(), GridSets.grid(List.of(1L, 2L), FakeBenchmark.SMALL), first, LATER, false);
        FakeBenchmark.run(here(), GridSets.grid(List.of(1L, 2L), FakeBenchmark.SMALL), first, LATER, false);

        JsonNode cells = json(here().resolve("results.json")).get("cells");
        assertThat(cells.at("/0/trainedBy/commit").asText()).isEqualTo("abc");
        assertThat(cells.at("/2/trainedBy/commit").asText()).isEqualTo("def");
    }

    @Test
    void aFolderWithoutPublishedRunsIsRefused() {
        assertThatThrownBy(() -> takeOver(GridSets.grid(List.of(1L), FakeBenchmark.SMALL), BUILD, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(committed() + " has no published runs: rtda publish writes them into its folder runs");
    }
}
