package org.rtda.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.cli.benchmark.FakeGateway.Fate;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.GridSets;
import org.rtda.cli.benchmark.page.BenchmarkReport;
import org.rtda.cli.benchmark.result.BenchmarkFolder;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;

class BenchmarkRunTest {
    private static final String SMALL = "{\"network\":\"resnet8\",\"epochs\":2,\"batchSize\":5}";

    @TempDir
    private Path folder;

    private final FakeGateway gateway = new FakeGateway();
    private final List<String> told = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private final PausedClock clock = new PausedClock();
    private boolean transfer;
    private boolean full;
    private Runnable onPause = () -> {
        throw new AssertionError("there is nothing to wait for");
    };

    /** Every pause is a minute. */
    private static final class PausedClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private BenchmarkRun.Outcome run(BenchmarkGrid grid, int maxRunning, boolean retryFailed)
            throws InterruptedException {
        BenchmarkRun.Watcher watcher = new BenchmarkRun.Watcher() {
            @Override
            public void tell(String line) {
                told.add(line);
            }

            @Override
            public void show(String phase, double share, String figures) {
                shown.add(phase + ": " + figures);
            }
        };
        try (BenchmarkFolder kept = BenchmarkFolder.open(folder)) {
            BenchmarkRun run = new BenchmarkRun(
                    grid,
                    kept,
                    new BenchmarkReport(Map.of("rtda", "0"), clock),
                    () -> new GatewayClient(gateway.address()),
                    maxRunning,
                    watcher,
                    clock,
                    () -> {
                        clock.now = clock.now.plus(Duration.ofMinutes(1));
                        onPause.run();
                    });
            BenchmarkRun.Outcome outcome = run.run(retryFailed);
            if (full) {
                run.full();
            }
            if (transfer) {
                run.transfer();
            }
            return outcome;
        }
    }

    private static BenchmarkGrid twoSeeds() {
        return GridSets.grid(List.of(1L, 2L), SMALL);
    }

    private JsonNode results() throws IOException {
        return EventCodec.mapper().readTree(folder.resolve("results.json").toFile());
    }

    @Test
    void cellsAreRunInOrderAndOnlyAFewAtATime() throws Exception {
        assertThat(run(twoSeeds(), 1, false).failures()).isEmpty();

        assertThat(gateway.methodsSubmitted()).containsExactly("rtda 1", "erm 1", "rtda 2", "erm 2");
        assertThat(gateway.underWayAtSubmission).containsOnly(0);
        assertThat(told).first().asString().isEqualTo("4 cells: 0 done, 0 under way, 0 failed before");
        assertThat(told).last().asString().endsWith("; all cells have ended");
    }

    @Test
    void theNextIsSubmittedWhileOneIsUnderWay() throws Exception {
        run(twoSeeds(), 2, false);

        assertThat(gateway.submitted).hasSize(4);
        assertThat(gateway.underWayAtSubmission).containsExactly(0, 1, 0, 1);
    }

    @Test
    void aSubmissionIsTheWholeSpecification() throws Exception {
        run(twoSeeds(), 1, false);

        JsonNode rtda = gateway.submitted.get("exp-1");
        assertThat(rtda.get("epochs").intValue()).isEqualTo(2);
        assertThat(rtda.at("/attack/epsilon").doubleValue()).isEqualTo(0.5);
        assertThat(rtda.at("/evaluation/everyEpochs").intValue()).isZero();
        assertThat(rtda.at("/evaluation/epsilons")).hasSize(5);
        assertThat(rtda.at("/optimizer/momentum").doubleValue()).isEqualTo(0.9);
    }

    @Test
    void givenAgainItSubmitsNothingThatIsDoneAndNeedsNoGateway() throws Exception {
        run(twoSeeds(), 1, false);
        String before = Files.readString(folder.resolve("results.md"));
        gateway.close();

        assertThat(run(twoSeeds(), 1, false).done()).isEqualTo(4);

        assertThat(gateway.submitted).hasSize(4);
        assertThat(folder.resolve("results.md")).hasContent(before);
    }

    @Test
    void moreSeedsGoOnInTheSameFolder() throws Exception {
        run(GridSets.grid(List.of(1L), SMALL), 1, false);
        run(GridSets.grid(List.of(1L, 7L), SMALL), 1, false);

        assertThat(gateway.methodsSubmitted()).containsExactly("rtda 1", "erm 1", "rtda 7", "erm 7");
    }

    /** The command is killed while both cells of the first seed are under way; the stack comes back at another address. */
    @Test
    void afterAnInterruptionItGoesOnWithTheExperimentsThatAreUnderWay() throws Exception {
        gateway.fate = spec -> Fate.RUNNING;
        onPause = () -> {
            throw new IllegalStateException("killed");
        };
        assertThatThrownBy(() -> run(twoSeeds(), 2, false)).hasMessage("killed");
        assertThat(shown).contains("0 of 4 cells: busi-28/0.5/rtda/seed-1 step 4 of 4; 4 cells left");
        gateway.close();
        gateway.start();
        gateway.fate = spec -> Fate.DONE;

        run(twoSeeds(), 2, false);

        assertThat(gateway.methodsSubmitted()).containsExactly("rtda 1", "erm 1", "rtda 2", "erm 2");
        assertThat(told).contains("4 cells: 0 done, 2 under way, 0 failed before");
    }

    /** The gateway has taken the submission and breaks off before it answers. */
    @Test
    void aSubmissionWhoseAnswerWasLostIsNotMadeTwice() throws Exception {
        BenchmarkGrid one = BenchmarkGrid.of(
                GridSets.json(SMALL), List.of(GridSets.grey("busi-28", 28)), List.of("erm"), List.of(1L), null, null);
        run(one, 1, false);
        String key = gateway.idByKey.keySet().iterator().next();
        Path state = folder.resolve("state.json");
        JsonNode written = EventCodec.mapper().readTree(state.toFile());
        ((com.fasterxml.jackson.databind.node.ObjectNode) written.get("cells")).removeAll();
        Files.write(state, EventCodec.write(written));

        run(one, 1, false);

        assertThat(gateway.idByKey.keySet()).containsExactly(key);
        assertThat(gateway.submitted).hasSize(1);
    }

    @Test
    void aGatewayThatBreaksOffIsWaitedForAndFoundAtItsNewAddress() throws Exception {
        gateway.answersLeft = 9;
        onPause = () -> {
            gateway.close();
            gateway.start();
        };

        assertThat(run(twoSeeds(), 1, false).done()).isEqualTo(4);

        assertThat(gateway.submitted).hasSize(4);
        assertThat(told)
                .anyMatch(line ->
                        line.startsWith("waiting for the gateway: the connection to the gateway at http://127.0.0.1:"));
        assertThat(told).contains("the gateway is back");
    }

    @Test
    void aGatewayThatStaysAwayEndsTheCommandAndLosesNothing() {
        gateway.close();
        onPause = () -> {};

        assertThatThrownBy(() -> run(twoSeeds(), 1, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("does not answer")
                .hasMessageEndingWith("; nothing is lost, the same command goes on where this one stopped");
        assertThat(clock.now).isEqualTo(Instant.parse("2026-11-23T10:16:00Z"));
    }

    @Test
    void aCellThatFailsIsReportedTheRestGoesOnAndItIsRetriedOnlyWhenAsked() throws Exception {
        gateway.fate = spec ->
                spec.get("method").asText().equals("rtda") && spec.get("seed").asInt() == 1
                        ? Fate.failed("the loss is not finite")
                        : Fate.DONE;

        BenchmarkRun.Outcome first = run(twoSeeds(), 1, false);

        assertThat(first.done()).isEqualTo(3);
        assertThat(first.failures())
                .containsExactly("busi-28/0.5/rtda/seed-1: failed at step 4: the loss is not finite (exp-1)");
        assertThat(Files.readString(folder.resolve("results.md")))
                .contains("3 of 4 runs are done; **this is not the final table**")
                .contains("- busi-28/0.5/rtda/seed-1: failed at step 4: the loss is not finite (exp-1)");
        gateway.fate = spec -> Fate.DONE;
        assertThat(run(twoSeeds(), 1, false).failures()).hasSize(1);
        assertThat(gateway.submitted).hasSize(4);

        assertThat(run(twoSeeds(), 1, true).failures()).isEmpty();
        assertThat(gateway.submitted).hasSize(5);
        assertThat(told).contains("4 cells: 3 done, 0 under way, 0 failed before, 1 that failed are tried again");
    }

    @Test
    void gatesThatTheEvaluatorFoundFailedAreKeptAndShown() throws Exception {
        run(twoSeeds(), 1, false);

        assertThat(Files.readString(folder.resolve("results.md")))
                .contains("- erm, seed 1: noise-hurts-less: noise: 0.2, attack: 0.25 (concerns pgd-l2-10@0.5)");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("seed 1: noise-hurts-less: noise: 0.2, attack: 0.25 (concerns pgd-l2-10@0.5)")
                .contains("fails: erm has a run that fails a gate");
    }

    @Test
    void aRefusedSubmissionIsAFailedCell() throws Exception {
        gateway.refusal =
                "400 {\"title\":\"Bad Request\",\"detail\":\"network must be one of [resnet20], was resnet8\"}";

        assertThat(run(twoSeeds(), 1, false).failures())
                .hasSize(4)
                .first()
                .asString()
                .isEqualTo("busi-28/0.5/rtda/seed-1: refused: network must be one of [resnet20], was resnet8");
    }

    @Test
    void aServerThatIsNotReadyIsNoRefusal() throws Exception {
        gateway.refusal = "503 {\"title\":\"Service Unavailable\",\"detail\":\"the broker is gone\"}";
        onPause = () -> gateway.refusal = null;

        assertThat(run(twoSeeds(), 1, false).done()).isEqualTo(4);
        assertThat(told).contains("waiting for the gateway: the broker is gone");
    }

    @Test
    void otherArgumentsInTheSameFolderAreRefusedByName() throws Exception {
        run(twoSeeds(), 1, false);

        assertThatThrownBy(() -> run(GridSets.grid(List.of(1L, 2L), SMALL.replace("2", "9")), 1, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("holds 4 of these 4 cells with another specification")
                .hasMessageContaining("busi-28/0.5/rtda/seed-1 (epochs was 2, is 9)")
                .hasMessageEndingWith("Give the arguments with which it was begun, or another --out");
        assertThat(gateway.submitted).hasSize(4);
    }

    @Test
    void aDataSetImportedAnewWithOtherImagesIsRefused() throws Exception {
        run(twoSeeds(), 1, false);
        BenchmarkGrid other = BenchmarkGrid.of(
                GridSets.json(SMALL),
                List.of(GridSets.of("busi-28", 1, 28, 12)),
                List.of("rtda", "erm"),
                List.of(1L),
                List.of(0.5),
                null);

        assertThatThrownBy(() -> run(other, 1, false))
                .hasMessageContaining("data set busi-28 was imported anew with other content");
    }

    @Test
    void anExperimentThatTheGatewayHasForgottenIsSubmittedAgain() throws Exception {
        gateway.fate = spec -> Fate.QUEUED;
        onPause = () -> {
            gateway.submitted.remove("exp-1");
            gateway.fate = spec -> Fate.DONE;
        };

        assertThat(run(twoSeeds(), 1, false).done()).isEqualTo(4);

        assertThat(told)
                .contains(
                        "busi-28/0.5/rtda/seed-1: the gateway does not know experiment exp-1 any more; submitted again");
        assertThat(gateway.methodsSubmitted()).containsExactly("rtda 1", "erm 1", "rtda 2", "erm 2");
    }

    @Test
    void onlyOneCommandWorksInAFolder() {
        try (BenchmarkFolder first = BenchmarkFolder.open(folder)) {
            assertThatThrownBy(() -> BenchmarkFolder.open(first.path())).isInstanceOf(CommandFailure.class);
        }
        BenchmarkFolder.open(folder).close();
    }

    @Test
    void theTimeLeftComesFromCellsWhoseBeginningWasSeen() throws Exception {
        gateway.fate = spec -> Fate.RUNNING;
        onPause = () -> gateway.fate = spec -> Fate.DONE;

        run(GridSets.grid(List.of(1L, 2L), SMALL), 1, false);

        assertThat(told)
                .element(1)
                .asString()
                .isEqualTo("busi-28/0.5/rtda/seed-1: done in 1 min (exp-1); 3 cells left, about 3 min");
        assertThat(results().at("/costs/0/seconds").doubleValue()).isEqualTo(60);
    }

    /** Of 4 steps the gateway keeps 2, of 100 and 300 ms: 4 x 200 ms; waiting 4 x 50 ms. Batch 5, ten passes an image. */
    @Test
    void costsStandBesideTheFigures() throws Exception {
        run(GridSets.grid(List.of(1L), SMALL), 1, false);

        JsonNode cost = results().at("/costs/0");
        assertThat(cost.get("method").asText()).isEqualTo("rtda");
        assertThat(cost.get("trainingSeconds").doubleValue()).isEqualTo(0.8);
        assertThat(cost.get("waitSeconds").doubleValue()).isEqualTo(0.2);
        assertThat(cost.get("gradientEvaluationsPerImage").intValue()).isEqualTo(10);
        assertThat(cost.get("gradientEvaluations").longValue()).isEqualTo(4 * 5 * 10);
        assertThat(cost.get("interruptions").intValue()).isZero();
        assertThat(Files.readString(folder.resolve("results.md"))).doesNotContain("Interrupted");
    }

    /** Another attempt of rtda made the second step that the gateway keeps. */
    @Test
    void aRunThatWasInterruptedSaysSoBesideItsCosts() throws Exception {
        gateway.secondAttempt = 2;
        run(GridSets.grid(List.of(1L), SMALL), 1, false);

        assertThat(results().at("/costs/0/interruptions").intValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("results.md")))
                .contains(
                        "Interrupted, and continued from a checkpoint, so many times: rtda, seed 1 (1); erm, seed 1 (1). A"
                                + " step that was done twice counts once here, so these runs took longer.");
    }

    @Test
    void theResultsAreThereAfterEveryCell() throws Exception {
        gateway.fate = spec -> spec.get("method").asText().equals("rtda") ? Fate.DONE : Fate.RUNNING;
        onPause = () -> {
            try {
                assertThat(results().get("rows")).hasSize(6);
                assertThat(results().at("/cells/0/standing").asText()).isEqualTo("DONE");
                assertThat(results().at("/cells/3/standing").asText()).isEqualTo("WAITING");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            gateway.fate = spec -> Fate.DONE;
        };

        run(twoSeeds(), 1, false);

        assertThat(results().get("rows")).hasSize(24);
    }

    /** The schema that other programs rely on: a field that goes or changes its name needs another schema version. */
    @Test
    void theDocumentKeepsItsFields() throws Exception {
        run(twoSeeds(), 1, false);
        JsonNode document = results();

        assertThat(document.get("schemaVersion").intValue()).isEqualTo(1);
        assertThat(fields(document))
                .containsExactly(
                        "schemaVersion",
                        "writtenAt",
                        "versions",
                        "grid",
                        "rows",
                        "costs",
                        "summaries",
                        "pairedTests",
                        "cells");
        assertThat(fields(document.get("grid"))).containsExactly("datasets", "methods", "seeds", "template");
        assertThat(fields(document.at("/rows/0")))
                .containsExactly(
                        "experiment",
                        "dataset",
                        "method",
                        "seed",
                        "trainingEpsilon",
                        "condition",
                        "metric",
                        "value",
                        "low",
                        "high",
                        "n",
                        "note",
                        "subset",
                        "conditionDetails");
        assertThat(document.at("/rows/0/conditionDetails").toString())
                .isEqualTo("{\"kind\":\"CLEAN\",\"split\":\"test\"}");
        assertThat(fields(document.at("/summaries/0")))
                .containsExactly(
                        "dataset",
                        "trainingEpsilon",
                        "method",
                        "column",
                        "metric",
                        "value",
                        "low",
                        "high",
                        "interval",
                        "deviation",
                        "seeds");
        assertThat(fields(document.at("/pairedTests/0")))
                .containsExactly(
                        "dataset",
                        "trainingEpsilon",
                        "baseline",
                        "condition",
                        "seeds",
                        "ofSeeds",
                        "combined",
                        "combinedHolm",
                        "accuracy",
                        "balancedAccuracy",
                        "constant",
                        "verdict");
        assertThat(fields(document.at("/pairedTests/0/ofSeeds/1")))
                .containsExactly("onlyFirst", "onlySecond", "n", "pValue");
        assertThat(document.at("/rows/6/trainingEpsilon").isNull())
                .as("erm is trained without attacks")
                .isTrue();
        assertThat(folder.resolve("tradeoff-busi-28-0.5.svg")).isNotEmptyFile();
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private BenchmarkGrid twoStrengths() {
        return BenchmarkGrid.of(
                GridSets.json(SMALL),
                List.of(GridSets.grey("busi-28", 28)),
                List.of("rtda", "erm"),
                List.of(1L),
                List.of(0.25, 0.5),
                null);
    }

    @Test
    void everyModelIsJudgedOnImagesMadeAgainstTheOthersAtEveryStrength() throws Exception {
        transfer = true;
        run(twoStrengths(), 1, false);

        // rtda at 0.25 and at 0.5, and one plain training that stands in both comparisons
        assertThat(gateway.methodsSubmitted()).containsExactly("rtda 1", "erm 1", "rtda 1");
        assertThat(gateway.evaluations.keySet())
                .extracting(id -> id.split("/")[0])
                .containsExactly("exp-1", "exp-2", "exp-3", "exp-2");
        assertThat(gateway.evaluations.values())
                .extracting(wanted -> wanted.at("/transferFrom/0").asText() + " at "
                        + wanted.get("epsilon").asText())
                .containsExactly("exp-2 at 0.25", "exp-1 at 0.25", "exp-2 at 0.5", "exp-3 at 0.5");
        JsonNode results = results();
        List<String> rows = new ArrayList<>();
        results.get("rows").forEach(row -> {
            if (row.get("condition").asText().startsWith("from-")
                    && row.get("metric").asText().equals("accuracy")) {
                rows.add(row.get("experiment").asText() + " "
                        + row.get("condition").asText());
            }
        });
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "exp-1 from-exp-2-pgd-l2-10@0.25",
                        "exp-2 from-exp-1-pgd-l2-10@0.25",
                        "exp-3 from-exp-2-pgd-l2-10@0.5",
                        "exp-2 from-exp-3-pgd-l2-10@0.5");
        assertThat(Files.readString(folder.resolve("results.md"))).contains("black-box-does-not-win: beaten");
    }

    @Test
    void transferEvaluationsThatAreDoneAreNotAskedForAgain() throws Exception {
        transfer = true;
        run(twoStrengths(), 1, false);
        gateway.evaluations.clear();

        run(twoStrengths(), 1, false);

        assertThat(gateway.evaluations).isEmpty();
        assertThat(told).last().isEqualTo("4 transfer evaluations: 4 done");
    }

    /** The played full suite has 0.125 under its worst case, and a gate that fails. */
    @Test
    void everyModelIsJudgedByTheFullSuiteOnce() throws Exception {
        full = true;
        run(GridSets.grid(List.of(1L), SMALL), 1, false);

        assertThat(gateway.evaluations.keySet()).containsExactly("exp-1/epoch-00002/full", "exp-2/epoch-00002/full");
        assertThat(gateway.evaluations.values())
                .allMatch(wanted -> wanted.get("suite").asText().equals("full"));
        assertThat(Files.readString(folder.resolve("results.md")))
                .contains("| aa-binary-l2@0.5 | 0.125 [0.063, 1.000] | 0.125 [0.063, 1.000] |")
                .contains("| black-box-does-not-win | failed | failed |")
                .contains("- erm, seed 1: full evaluation: black-box-does-not-win: beaten");
        JsonNode published =
                EventCodec.mapper().readTree(folder.resolve("published.json").toFile());
        assertThat(published.at("/full/1/cell").asText()).isEqualTo("busi-28/0.5/rtda/seed-1");
        assertThat(published.at("/full/1/condition").asText()).isEqualTo("aa-binary-l2@0.5");
        assertThat(published.at("/full/1/value").doubleValue()).isEqualTo(0.125);
        assertThat(published.at("/gates/0/outcome").asText()).isEqualTo("FAILED");
        gateway.evaluations.clear();

        run(GridSets.grid(List.of(1L), SMALL), 1, false);

        assertThat(gateway.evaluations).isEmpty();
        assertThat(told).last().isEqualTo("2 full evaluations: 2 done");
    }

    @Test
    void aModelWhoseFinalEvaluationIsFullIsNotJudgedAgain() throws Exception {
        full = true;
        run(GridSets.grid(List.of(1L), SMALL.replace("}", ",\"evaluation\":{\"suite\":\"full\"}}")), 1, false);

        assertThat(gateway.evaluations).isEmpty();
    }

    /** The played gateway keeps two steps of the first epoch, each with a loss of 1. */
    @Test
    void whatIsCommittedIsSmallAndKeepsItsFields() throws Exception {
        transfer = true;
        run(twoSeeds(), 1, false);
        JsonNode published =
                EventCodec.mapper().readTree(folder.resolve("published.json").toFile());

        assertThat(fields(published))
                .containsExactly(
                        "schemaVersion",
                        "versions",
                        "grid",
                        "specifications",
                        "cells",
                        "figures",
                        "summaries",
                        "pairedTests",
                        "verdicts",
                        "transfer",
                        "full",
                        "gates",
                        "curves",
                        "conditions");
        assertThat(published.at("/conditions/1/label").asText()).isEqualTo("pgd-l2-10@0.5");
        assertThat(published.at("/conditions/1/condition/attack/epsilon").doubleValue())
                .isEqualTo(0.5);
        assertThat(published.at("/specifications/busi-28/epochs").intValue()).isEqualTo(2);
        assertThat(published.at("/specifications/busi-28").has("seed")).isFalse();
        assertThat(fields(published.at("/figures/0")))
                .containsExactly("cell", "condition", "metric", "value", "low", "high", "n");
        // four runs of two conditions with two metrics; the share of the commonest class is left out
        assertThat(published.get("figures")).hasSize(16);
        assertThat(published.at("/curves/0/curve/loss/0").doubleValue()).isEqualTo(1);
        assertThat(published.at("/transfer/1/judged").asText()).isEqualTo("rtda");
        assertThat(published.at("/transfer/1/source").asText()).isEqualTo("erm");
        assertThat(published.at("/transfer/1/value").doubleValue()).isEqualTo(0.5);
        assertThat(Files.readString(folder.resolve("results.md"))).contains("| rtda † | 0.750 | 0.500 |");
        assertThat(folder.resolve("loss-busi-28-0.5.svg")).content().startsWith("<svg xmlns=");
    }
}
