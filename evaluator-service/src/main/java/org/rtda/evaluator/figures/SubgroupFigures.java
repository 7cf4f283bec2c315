package org.rtda.evaluator.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Subgroup;
import org.rtda.core.metrics.Accuracy;
import org.rtda.core.metrics.BalancedAccuracy;
import org.rtda.core.metrics.Estimate;

/**
 * A condition's accuracy and balanced accuracy for each value of each attribute, with the intervals of {@link Figures}. A
 * subgroup without images of some class has neither: its share of right answers would be that of other classes than the whole's.
 */
public final class SubgroupFigures {
    private final ModelAnswers answers;
    private final List<String> classes;

    private SubgroupFigures(ModelAnswers answers, List<String> classes) {
        this.answers = answers;
        this.classes = classes;
    }

    /**
     * Attributes in the order of the map, values sorted. An attribute that has the same value for every image divides nothing and
     * is left out, as are images of which nobody says it.
     *
     * @param classes names by label
     * @param valueOf by attribute: the value of each image of the split, null where nobody says
     */
    public static List<Subgroup> of(ModelAnswers answers, List<String> classes, Map<String, String[]> valueOf) {
        SubgroupFigures figures = new SubgroupFigures(answers, classes);
        List<Subgroup> subgroups = new ArrayList<>();
        valueOf.forEach((attribute, values) -> {
            Map<String, List<Integer>> members = figures.members(values);
            boolean divides = members.values().stream().allMatch(places -> places.size() < answers.labels().length);
            if (divides) {
                members.forEach((value, places) -> subgroups.add(figures.subgroup(attribute, value, places)));
            }
        });
        return List.copyOf(subgroups);
    }

    /** By value: places among the answers. */
    private Map<String, List<Integer>> members(String[] values) {
        Map<String, List<Integer>> members = new TreeMap<>();
        for (int place = 0; place < answers.indices().length; place++) {
            String value = values[answers.indices()[place]];
            if (value != null) {
                members.computeIfAbsent(value, absent -> new ArrayList<>()).add(place);
            }
        }
        return members;
    }

    private Subgroup subgroup(String attribute, String value, List<Integer> places) {
        int[] labels = new int[places.size()];
        int[] predicted = new int[places.size()];
        Integer[] counts = new Integer[classes.size()];
        java.util.Arrays.fill(counts, 0);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = answers.labels()[places.get(i)];
            predicted[i] = Figures.likeliest(answers.logits()[places.get(i)]);
            counts[labels[i]]++;
        }
        List<Integer> classCounts = List.of(counts);
        return new Subgroup(
                attribute,
                value,
                classCounts,
                classCounts.stream().anyMatch(count -> count < Subgroup.FEWEST_OF_A_CLASS),
                figures(predicted, labels, classCounts));
    }

    private List<Figure> figures(int[] predicted, int[] labels, List<Integer> counts) {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (int label = 0; label < counts.size(); label++) {
            if (counts.get(label) == 0) {
                missing.add(classes.get(label));
            }
        }
        if (!missing.isEmpty()) {
            String whyNot = "no images of class " + String.join(", ", missing) + " in this subgroup";
            return List.of(
                    Figure.undefined(FigureNames.ACCURACY, labels.length, whyNot),
                    Figure.undefined(FigureNames.BALANCED_ACCURACY, labels.length, whyNot));
        }
        estimates.put(FigureNames.ACCURACY, Accuracy.accuracy(predicted, labels));
        estimates.put(
                FigureNames.BALANCED_ACCURACY,
                BalancedAccuracy.balancedAccuracy(predicted, labels, classes.size())
                        .orElseThrow());
        FigureAnnotations beside = new FigureAnnotations(labels, classes, Optional.empty());
        return estimates.entrySet().stream()
                .map(e -> beside.complete(new Figure(
                        e.getKey(),
                        e.getValue().value(),
                        e.getValue().low(),
                        e.getValue().high(),
                        e.getValue().n(),
                        null)))
                .toList();
    }
}
