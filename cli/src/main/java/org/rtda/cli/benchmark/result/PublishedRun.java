package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.benchmark.grid.Fingerprint;
import org.rtda.cli.rest.Evaluation;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.Condition;

/**
 * The file of one finished run in a published comparison. It has what the pages need, and what another machine needs to continue
 * the benchmark. It is small enough to be committed. Of the figures it has those of the pages; the others stay in the benchmark's
 * own folder. A field may be added; anything else gets another schema version.
 *
 * @param run its cell's id
 * @param datasetFingerprint of the images, labels and class names that it was trained and judged on
 * @param trainedBy versions of the build that had it trained; null where nobody recorded them
 * @param failedGates of the final evaluation
 * @param labels fingerprints of images and their true classes, which the answers refer to
 * @param conditions of the final evaluation
 * @param fullEvaluation id of the evaluation by the full suite; null where there was none
 */
public record PublishedRun(
        int schemaVersion,
        String run,
        String datasetFingerprint,
        Map<String, String> trainedBy,
        JsonNode specification,
        Training training,
        List<CellResult.FailedGate> failedGates,
        List<String> labels,
        List<PackedCondition> conditions,
        List<Transfer> transfer,
        String fullEvaluation,
        List<Evaluation.Gate> fullGates,
        List<PackedCondition> fullConditions) {

    public static final int SCHEMA_VERSION = 1;

    /**
     * @param attempt 1, and one more for each time the run was tried again
     * @param seconds from the first step seen to the end of the evaluation; null when its beginning was not seen
     */
    record Training(
            String experiment,
            int attempt,
            Double seconds,
            String device,
            String objective,
            CellResult.Training cost) {}

    /**
     * @param epsilon strength of the attack that made the images
     * @param sources experiments of the models that the images were made against
     */
    record Transfer(
            double epsilon,
            List<String> sources,
            List<CellResult.FailedGate> failedGates,
            List<PackedCondition> conditions) {}

    /**
     * @param run done
     * @param transfers by strength
     */
    public static PublishedRun of(
            Run run, CellState state, String datasetFingerprint, Map<Double, TransferResult> transfers) {
        CellResult result = run.result();
        List<String> labels = new ArrayList<>();
        List<PackedCondition> conditions = PackedCondition.of(result.rows(), result.outcomes(), labels);
        List<Transfer> transferred = new ArrayList<>();
        transfers.forEach((epsilon, transfer) -> transferred.add(new Transfer(
                epsilon,
                transfer.sources(),
                transfer.failedGates(),
                PackedCondition.of(transfer.rows(), Map.of(), labels))));
        return new PublishedRun(
                SCHEMA_VERSION,
                run.cell().id(),
                datasetFingerprint,
                state.trainedBy(),
                EventCodec.mapper().valueToTree(run.cell().spec()),
                new Training(
                        result.experiment(),
                        state.attempt(),
                        state.seconds(),
                        result.device(),
                        result.objective(),
                        result.training()),
                result.failedGates(),
                labels,
                conditions,
                transferred,
                run.full().map(FullResult::evaluation).orElse(null),
                run.full().map(FullResult::gates).orElse(List.of()),
                run.full()
                        .map(full -> PackedCondition.of(withoutCorruptions(full.rows()), Map.of(), labels))
                        .orElse(List.of()));
    }

    /** The full suite measures single corruptions as the final evaluation does; what it could not measure is told. */
    private static List<ResultRow> withoutCorruptions(List<ResultRow> rows) {
        return rows.stream()
                .filter(row -> row.value() == null || row.conditionDetails().kind() != Condition.Kind.CORRUPTION)
                .toList();
    }

    /** Whether a run's file has the figure. */
    public static boolean isKept(ResultRow row) {
        return PackedCondition.isKept(row);
    }

    public ExperimentSpec spec() {
        return EventCodec.mapper().convertValue(specification, ExperimentSpec.class);
    }

    public Cell cell() {
        ExperimentSpec spec = spec();
        return Cell.of(spec, Fingerprint.of(spec, datasetFingerprint));
    }

    public CellState state() {
        return CellState.builder()
                .fingerprint(cell().fingerprint())
                .spec(specification)
                .standing(CellState.Standing.DONE)
                .experiment(training.experiment)
                .attempt(training.attempt)
                .seconds(training.seconds)
                .trainedBy(trainedBy)
                .build();
    }

    public CellResult result() {
        return new CellResult(
                training.experiment,
                training.device,
                training.objective,
                training.cost,
                PackedCondition.rows(conditions, cell(), training.experiment),
                PackedCondition.outcomes(conditions, labels),
                failedGates);
    }

    public Optional<FullResult> full() {
        return fullEvaluation == null
                ? Optional.empty()
                : Optional.of(new FullResult(
                        training.experiment,
                        fullEvaluation,
                        PackedCondition.rows(fullConditions, cell(), training.experiment),
                        fullGates));
    }

    /** By strength. */
    public Map<Double, TransferResult> transfers() {
        Map<Double, TransferResult> transfers = new LinkedHashMap<>();
        for (Transfer each : transfer) {
            transfers.put(
                    each.epsilon,
                    new TransferResult(
                            training.experiment,
                            each.sources,
                            PackedCondition.rows(each.conditions, cell(), training.experiment),
                            each.failedGates));
        }
        return transfers;
    }
}
