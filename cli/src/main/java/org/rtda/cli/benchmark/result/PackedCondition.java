package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.Subset;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.Condition;

/**
 * The results of a run under one condition: a line of the run's file.
 *
 * @param notes by metric: why there is no value, or what to mind
 * @param assumed metrics that rest on a healthy class that nobody named
 * @param answers which images the model was right on; absent where its predictions were not kept
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record PackedCondition(
        Condition condition,
        Subset subset,
        List<Figure> figures,
        Map<String, String> notes,
        List<String> assumed,
        Answers answers) {

    private static final Set<String> ALWAYS = Set.of(FigureNames.ACCURACY, FigureNames.BALANCED_ACCURACY);

    private static final Set<String> WITHOUT_CORRUPTION =
            Set.of(FigureNames.AUROC, FigureNames.SENSITIVITY, FigureNames.SPECIFICITY);

    PackedCondition {
        notes = notes == null ? Map.of() : notes;
        assumed = assumed == null ? List.of() : assumed;
    }

    /**
     * An array, to be short.
     *
     * @param n images
     * @param constant what a constant answer scores; null where nobody said
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"metric", "value", "low", "high", "n", "constant"})
    record Figure(String metric, Double value, Double low, Double high, int n, Double constant) {}

    /**
     * @param images in the order of the split
     * @param right a bit for each image, 1 where the model is right, the first image in the lowest bit of the first byte; in
     *     Base64. Zero bytes at the end are left out.
     * @param labels place of the images' fingerprint in the file's list
     * @param classes how many different classes the model named
     */
    record Answers(int images, String right, int labels, int classes) {
        private static Answers of(CellResult.Outcomes outcomes, List<String> labels) {
            BitSet right = new BitSet();
            for (int i = 0; i < outcomes.right().length(); i++) {
                right.set(i, outcomes.right().charAt(i) == '1');
            }
            if (!labels.contains(outcomes.labels())) {
                labels.add(outcomes.labels());
            }
            return new Answers(
                    outcomes.right().length(),
                    Base64.getEncoder().encodeToString(right.toByteArray()),
                    labels.indexOf(outcomes.labels()),
                    outcomes.predictedClasses());
        }

        private CellResult.Outcomes outcomes(List<String> allLabels) {
            BitSet bits = BitSet.valueOf(Base64.getDecoder().decode(right));
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < images; i++) {
                text.append(bits.get(i) ? '1' : '0');
            }
            return new CellResult.Outcomes(text.toString(), allLabels.get(labels), classes);
        }
    }

    /** Whether the figure stands in a run's file: those of the pages and of the tests. */
    static boolean isKept(ResultRow row) {
        return ALWAYS.contains(row.metric())
                || WITHOUT_CORRUPTION.contains(row.metric())
                        && row.conditionDetails().kind() != Condition.Kind.CORRUPTION;
    }

    /**
     * @param outcomes by condition
     * @param labels the file's list of fingerprints, to which those that are new are added
     */
    static List<PackedCondition> of(
            List<ResultRow> rows, Map<String, CellResult.Outcomes> outcomes, List<String> labels) {
        Map<String, List<ResultRow>> byCondition = new LinkedHashMap<>();
        rows.stream().filter(PackedCondition::isKept).forEach(row -> byCondition
                .computeIfAbsent(row.condition(), any -> new ArrayList<>())
                .add(row));
        List<PackedCondition> packed = new ArrayList<>();
        byCondition.forEach((condition, its) -> packed.add(of(its, outcomes.get(condition), labels)));
        return packed;
    }

    private static PackedCondition of(List<ResultRow> rows, CellResult.Outcomes outcomes, List<String> labels) {
        Map<String, String> notes = new LinkedHashMap<>();
        rows.stream().filter(row -> row.note() != null).forEach(row -> notes.put(row.metric(), row.note()));
        return new PackedCondition(
                rows.get(0).conditionDetails(),
                rows.stream()
                        .map(ResultRow::subset)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                rows.stream()
                        .map(row ->
                                new Figure(row.metric(), row.value(), row.low(), row.high(), row.n(), row.constant()))
                        .toList(),
                notes,
                rows.stream()
                        .filter(ResultRow::assumesHealthyClass)
                        .map(ResultRow::metric)
                        .toList(),
                outcomes == null ? null : Answers.of(outcomes, labels));
    }

    static List<ResultRow> rows(List<PackedCondition> conditions, Cell cell, String experiment) {
        return conditions.stream()
                .flatMap(packed -> packed.figures.stream().map(figure -> packed.row(figure, cell, experiment)))
                .toList();
    }

    private ResultRow row(Figure figure, Cell cell, String experiment) {
        return ResultRow.builder()
                .experiment(experiment)
                .dataset(cell.dataset())
                .method(cell.method())
                .seed(cell.seed())
                .condition(condition.label())
                .conditionDetails(condition)
                .metric(figure.metric)
                .value(figure.value)
                .low(figure.low)
                .high(figure.high)
                .n(figure.n)
                .constant(figure.constant)
                .note(notes.get(figure.metric))
                .healthyClassAssumed(assumed.contains(figure.metric) ? Boolean.TRUE : null)
                .subset(subset)
                .build();
    }

    static Map<String, CellResult.Outcomes> outcomes(List<PackedCondition> conditions, List<String> labels) {
        Map<String, CellResult.Outcomes> outcomes = new LinkedHashMap<>();
        conditions.stream()
                .filter(packed -> packed.answers != null)
                .forEach(packed -> outcomes.put(packed.condition.label(), packed.answers.outcomes(labels)));
        return outcomes;
    }
}
