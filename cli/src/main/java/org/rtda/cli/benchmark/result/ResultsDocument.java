package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.benchmark.grid.TrainingCost;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Subset;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.Condition;

/**
 * {@code results.json}: everything, for other programs. A field may be added; anything else gets another schema version.
 *
 * @param versions of what wrote it
 * @param rows one a figure of a finished experiment
 * @param summaries over seeds, as {@code results.md} shows them
 * @param cells every cell of the grid, finished or not
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ResultsDocument(
        int schemaVersion,
        Instant writtenAt,
        Map<String, String> versions,
        Grid grid,
        List<Row> rows,
        List<Cost> costs,
        List<Summary> summaries,
        List<PairedTest> pairedTests,
        List<CellRow> cells) {

    public static final int SCHEMA_VERSION = 1;

    public long cellsDone() {
        return cells.stream()
                .filter(cell -> cell.stands(CellState.Standing.DONE))
                .count();
    }

    public List<CellRow> failedCells() {
        return cells.stream()
                .filter(cell -> cell.stands(CellState.Standing.FAILED))
                .toList();
    }

    /** @param template the specification that all cells began with, as it was given */
    public record Grid(List<Dataset> datasets, List<String> methods, List<Long> seeds, JsonNode template) {
        public static Grid of(BenchmarkGrid grid) {
            return new Grid(
                    grid.datasets().stream().map(Dataset::of).toList(), grid.methods(), grid.seeds(), grid.template());
        }
    }

    /**
     * @param fingerprint of its images, labels and class names
     * @param images by split
     * @param trainingEpsilons compared strengths
     */
    public record Dataset(
            String name,
            String fingerprint,
            int channels,
            int height,
            int width,
            List<String> classes,
            Map<String, Integer> images,
            String provenance,
            String licence,
            List<Double> trainingEpsilons,
            List<Double> evaluationEpsilons) {
        public static Dataset of(BenchmarkGrid.DatasetPlan plan) {
            Map<String, Integer> images = new java.util.TreeMap<>();
            plan.manifest().splits().forEach((name, split) -> images.put(name, split.count()));
            return new Dataset(
                    plan.name(),
                    plan.fingerprint(),
                    plan.manifest().channels(),
                    plan.manifest().height(),
                    plan.manifest().width(),
                    plan.manifest().classes(),
                    images,
                    plan.manifest().provenance(),
                    plan.manifest().licence(),
                    plan.epsilons(),
                    plan.evaluationEpsilons());
        }

        /** The same with other compared strengths. */
        public Dataset at(List<Double> strengths) {
            return new Dataset(
                    name,
                    fingerprint,
                    channels,
                    height,
                    width,
                    classes,
                    images,
                    provenance,
                    licence,
                    strengths,
                    evaluationEpsilons);
        }
    }

    /**
     * @param trainingEpsilon null for a method that trains without attacks
     * @param condition its label
     * @param subset of the split's images that the condition is about; null for all of them
     * @param conditionDetails the condition itself; null in files of earlier builds
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Row(
            String experiment,
            String dataset,
            String method,
            long seed,
            Double trainingEpsilon,
            String condition,
            String metric,
            Double value,
            Double low,
            Double high,
            int n,
            String note,
            Subset subset,
            Condition conditionDetails) {
        public static List<Row> of(Run run) {
            List<Row> rows = new ArrayList<>();
            for (ResultRow row : run.result().rows()) {
                rows.add(new Row(
                        run.result().experiment(),
                        run.cell().dataset(),
                        run.cell().method(),
                        run.cell().seed(),
                        run.cell().epsilon(),
                        row.condition(),
                        row.metric(),
                        row.value(),
                        row.low(),
                        row.high(),
                        row.n(),
                        row.note(),
                        row.subset(),
                        row.conditionDetails()));
            }
            return rows;
        }
    }

    /**
     * @param gradientEvaluationsPerImage forward-backward passes for an image of an epoch, attack steps included; from the
     *     method's loss and the specification
     * @param gradientEvaluations of the whole run: that times its steps times the batch
     * @param trainingSeconds wall time of all steps, each once, by the training metrics
     * @param waitSeconds the part of it spent waiting for workers
     * @param seconds from the first step seen to the end of the evaluation; null when its beginning was not seen
     * @param interruptions how often another attempt went on from a checkpoint: what was done twice is not in the other figures;
     *     null where nobody counted
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Cost(
            String experiment,
            String dataset,
            String method,
            long seed,
            Double trainingEpsilon,
            int gradientEvaluationsPerImage,
            long gradientEvaluations,
            long steps,
            double trainingSeconds,
            double waitSeconds,
            Double seconds,
            String device,
            Integer interruptions) {
        public static Cost of(Run run, Double seconds) {
            CellResult.Training training = run.result().training();
            return new Cost(
                    run.result().experiment(),
                    run.cell().dataset(),
                    run.cell().method(),
                    run.cell().seed(),
                    run.cell().epsilon(),
                    TrainingCost.gradientEvaluationsPerImage(run.cell().spec()),
                    TrainingCost.gradientEvaluations(run.cell().spec(), training.steps()),
                    training.steps(),
                    training.seconds(),
                    training.waitSeconds(),
                    seconds,
                    run.result().device(),
                    training.interruptions());
        }
    }

    /**
     * @param standing {@code WAITING}, {@code SUBMITTED}, {@code DONE} or {@code FAILED}
     * @param flags gates of credibility that it fails
     * @param trainedBy versions of the build that had it trained; null where nobody recorded them
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record CellRow(
            String id,
            String dataset,
            Double trainingEpsilon,
            String method,
            long seed,
            String standing,
            String experiment,
            String reason,
            List<String> flags,
            JsonNode spec,
            Map<String, String> trainedBy) {
        public static CellRow of(Cell cell, CellState state, List<String> flags) {
            return new CellRow(
                    cell.id(),
                    cell.dataset(),
                    cell.epsilon(),
                    cell.method(),
                    cell.seed(),
                    state == null ? "WAITING" : state.standing().name(),
                    state == null ? null : state.experiment(),
                    state == null ? null : state.reason(),
                    flags,
                    EventCodec.mapper().valueToTree(cell.spec()),
                    state == null ? null : state.trainedBy());
        }

        public boolean stands(CellState.Standing asked) {
            return standing.equals(asked.name());
        }
    }
}
