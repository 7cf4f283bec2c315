package org.rtda.cli.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.benchmark.grid.GridSets;
import org.rtda.cli.rest.Evaluation;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Subset;
import org.rtda.contracts.result.ResultRow;

class PublishedRunTest {
    private static final Cell CELL =
            GridSets.grid(List.of(1L), "{\"epochs\":2,\"batchSize\":5}").cells().get(0);
    private static final String IMAGES = GridSets.grid(List.of(1L), "{\"epochs\":2,\"batchSize\":5}")
            .datasets()
            .get(0)
            .fingerprint();

    private static ResultRow.Builder row(String condition, String metric) {
        return ResultRow.builder()
                .experiment("exp-1")
                .dataset("busi-28")
                .method("rtda")
                .seed(1)
                .condition(condition)
                .conditionDetails(LabelledCondition.of(condition))
                .metric(metric)
                .value(2.0 / 3)
                .low(0.1)
                .high(1 - 1e-16)
                .n(11);
    }

    private static final CellState STATE = CellState.builder()
            .fingerprint(CELL.fingerprint())
            .spec(EventCodec.mapper().valueToTree(CELL.spec()))
            .standing(CellState.Standing.DONE)
            .experiment("exp-1")
            .attempt(2)
            .seconds(812.25)
            .trainedBy(Map.of("rtda", "0", "commit", "abc"))
            .build();

    private static final CellResult RESULT = new CellResult(
            "exp-1",
            "cpu",
            "CE",
            new CellResult.Training(
                    4, 0.8, 0.2, new TrainingCurve(List.of(0.5, 0.25), Map.of("clean", List.of(0.75, 1.0))), 1),
            List.of(
                    row("clean", "accuracy").constant(8.0 / 11).build(),
                    row("clean", "sensitivity").n(3).healthyClassAssumed(true).build(),
                    row("pgd-l2-10@0.5", "accuracy")
                            .value(null)
                            .low(null)
                            .high(null)
                            .note("no worker answered")
                            .build(),
                    row("jpeg@3", "accuracy").subset(new Subset(11, 20)).build(),
                    row("jpeg@3", "balanced-accuracy")
                            .subset(new Subset(11, 20))
                            .build()),
            outcomes(),
            List.of(new CellResult.FailedGate("noise-hurts-less", List.of("pgd-l2-10@0.5"), "beaten")));

    /** The last images are wrong, and of one condition all are. */
    private static Map<String, CellResult.Outcomes> outcomes() {
        Map<String, CellResult.Outcomes> outcomes = new LinkedHashMap<>();
        outcomes.put("clean", new CellResult.Outcomes("10110000100", "labels of the split", 2));
        outcomes.put("jpeg@3", new CellResult.Outcomes("00000000000", "labels of a draw", 1));
        return outcomes;
    }

    private static PublishedRun reread(PublishedRun run) {
        return EventCodec.read(ElementLines.text(run).getBytes(StandardCharsets.UTF_8), PublishedRun.class);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        FullResult full = new FullResult(
                "exp-1",
                "exp-1/epoch-00002/full",
                List.of(row("aa-binary-l2@0.5", "balanced-accuracy").build()),
                List.of(new Evaluation.Gate("steps", "PASSED", List.of(), "as it should")));
        TransferResult transfer = new TransferResult(
                "exp-1",
                List.of("exp-2"),
                List.of(row("from-exp-2-pgd-l2-10@0.5", "accuracy").build()),
                List.of(new CellResult.FailedGate("black-box", List.of(), "won")));

        PublishedRun read =
                reread(PublishedRun.of(new Run(CELL, RESULT, Optional.of(full)), STATE, IMAGES, Map.of(0.5, transfer)));

        assertThat(read.result()).isEqualTo(RESULT);
        assertThat(read.full()).contains(full);
        assertThat(read.transfers()).isEqualTo(Map.of(0.5, transfer));
        // a number that was read may be of another type than one that was made
        assertThat(read.state().spec()).hasToString(STATE.spec().toString());
        assertThat(read.state().toBuilder().spec(STATE.spec()).build()).isEqualTo(STATE);
        assertThat(read.cell()).isEqualTo(CELL);
    }

    @Test
    void figuresThatNoPageNeedsAreLeftOut() {
        CellResult more = new CellResult(
                "exp-1",
                "cpu",
                "CE",
                RESULT.training(),
                List.of(
                        row("clean", "accuracy").build(),
                        row("clean", "brier-score").build(),
                        row("jpeg@3", "auroc").build()),
                Map.of());

        PublishedRun run = PublishedRun.of(new Run(CELL, more), STATE, IMAGES, Map.of());

        assertThat(run.result().rows()).extracting(ResultRow::metric).containsExactly("accuracy");
    }

    /** Images 0, 2, 3 and 8 of 11: bits 1 + 4 + 8 of the first byte and 1 of the second, DQE= in Base64. */
    @Test
    void anAnswerIsABit() {
        String text = ElementLines.text(PublishedRun.of(new Run(CELL, RESULT), STATE, IMAGES, Map.of()));

        assertThat(text).contains("\"answers\":{\"images\":11,\"right\":\"DQE=\",\"labels\":0,\"classes\":2}");
        assertThat(text.lines())
                .as("a condition a line")
                .anyMatch(line -> line.startsWith("{\"condition\":{\"kind\":\"CORRUPTION\""));
    }
}
