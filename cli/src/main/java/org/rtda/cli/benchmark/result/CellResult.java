package org.rtda.cli.benchmark.result;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rtda.cli.benchmark.grid.Fingerprint;
import org.rtda.cli.rest.Evaluation;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.result.ResultRow;

/**
 * The results of a finished cell, as the folder keeps them, so that tables need no running service.
 *
 * @param outcomes by condition; a condition whose predictions were not kept is missing
 * @param failedGates of the evaluator; empty in files of earlier builds
 */
public record CellResult(
        String experiment,
        String device,
        String objective,
        Training training,
        List<ResultRow> rows,
        Map<String, Outcomes> outcomes,
        List<FailedGate> failedGates) {

    public CellResult {
        rows = LegacyConstant.completed(LegacyConditionLabel.completed(rows));
        failedGates = failedGates == null ? List.of() : List.copyOf(failedGates);
    }

    /** Of an evaluation that no gate condemns. */
    public CellResult(
            String experiment,
            String device,
            String objective,
            Training training,
            List<ResultRow> rows,
            Map<String, Outcomes> outcomes) {
        this(experiment, device, objective, training, rows, outcomes, List.of());
    }

    /**
     * A gate of the final evaluation that failed.
     *
     * @param gate one of {@link org.rtda.contracts.check.KnownNames#GATES}
     * @param concerns conditions; empty for all
     */
    public record FailedGate(String gate, List<String> concerns, String finding) {
        /** Those that an evaluation failed. */
        public static List<FailedGate> of(Evaluation evaluation) {
            return evaluation.gates().stream()
                    .filter(FailedGate::isFailed)
                    .map(gate -> new FailedGate(gate.gate(), gate.concerns(), gate.finding()))
                    .toList();
        }

        public static boolean isFailed(Evaluation.Gate gate) {
            return gate.outcome().equals(RobustnessMetric.Gate.Outcome.FAILED.name());
        }
    }

    /**
     * @param steps of the optimiser
     * @param seconds wall time of all steps, each once; where the gateway keeps a selection of steps, their mean times all steps
     * @param waitSeconds the part of it spent waiting for workers' batches
     * @param curve null where the gateway kept no steps, and in files of earlier builds
     * @param interruptions how often another attempt went on from a checkpoint. Its steps since that checkpoint were done twice
     *     and count once. Null in files of earlier builds.
     */
    public record Training(long steps, double seconds, double waitSeconds, TrainingCurve curve, Integer interruptions) {
        /** Without a curve, and not interrupted. */
        public Training(long steps, double seconds, double waitSeconds) {
            this(steps, seconds, waitSeconds, null, 0);
        }
    }

    /** The same with how the training went. */
    public CellResult with(TrainingCurve curve) {
        return new CellResult(
                experiment,
                device,
                objective,
                new Training(training.steps, training.seconds, training.waitSeconds, curve, training.interruptions),
                rows,
                outcomes,
                failedGates);
    }

    /**
     * @param right a character for each image in the order of the split: 1 where the model is right, else 0
     * @param labels fingerprint of the true classes, and of the images' places where they are not the first of the split: equal
     *     for the same images
     * @param predictedClasses how many different classes the model named
     */
    public record Outcomes(String right, String labels, int predictedClasses) {
        public static Outcomes of(Predictions predictions) {
            StringBuilder right = new StringBuilder();
            for (boolean isRight : predictions.areRight()) {
                right.append(isRight ? '1' : '0');
            }
            return new Outcomes(right.toString(), fingerprint(predictions), predictions.namedClasses());
        }

        /** Labels alone would not tell two draws from a split that is sorted by class apart. */
        private static String fingerprint(Predictions predictions) {
            return predictions.areOfTheFirstImages()
                    ? Fingerprint.of(predictions.labels())
                    : Fingerprint.of(predictions.labels(), predictions.indices());
        }

        public boolean[] areRight() {
            boolean[] right = new boolean[this.right.length()];
            for (int i = 0; i < right.length; i++) {
                right[i] = this.right.charAt(i) == '1';
            }
            return right;
        }
    }

    /** The same with the figures of a transfer evaluation and the gates that it failed. */
    public CellResult with(TransferResult transfer) {
        List<ResultRow> figures = new ArrayList<>(rows);
        figures.addAll(transfer.rows());
        Set<FailedGate> failed = new LinkedHashSet<>(failedGates);
        failed.addAll(transfer.failedGates());
        return new CellResult(experiment, device, objective, training, figures, outcomes, List.copyOf(failed));
    }

    /** The figure, or null where it is not there or not defined. */
    public ResultRow figure(String condition, String metric) {
        return rows.stream()
                .filter(row -> row.condition().equals(condition) && row.metric().equals(metric) && row.value() != null)
                .findFirst()
                .orElse(null);
    }
}
