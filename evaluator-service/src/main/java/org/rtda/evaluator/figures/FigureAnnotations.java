package org.rtda.evaluator.figures;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.core.metrics.ConstantAnswer;

/**
 * Adds to each figure what must be read beside it: the score of a constant answer on the same images, and whether the
 * figure depends on a healthy class that the import did not name. Figures that it does not know are left as they are.
 */
final class FigureAnnotations {
    private static final String ONE_SCORE = "one score for every image";
    private static final String FREQUENCIES = "the frequencies of the classes for every image";

    private final Map<String, Constant> constants = new HashMap<>();
    private final Map<String, HealthyClass> healthyClassOf = new HashMap<>();

    /** @param healthy empty where no figure depends on it */
    FigureAnnotations(int[] labels, List<String> classes, Optional<HealthyClass> healthy) {
        ConstantAnswer answer = ConstantAnswer.of(labels, classes.size());
        String named = "always class " + classes.get(answer.namedClass());
        put(FigureNames.ACCURACY, answer.accuracy(), named);
        put(FigureNames.BALANCED_ACCURACY, answer.balancedAccuracy(), named);
        put(FigureNames.AUROC, answer.auroc(), ONE_SCORE);
        put(FigureNames.BRIER_SCORE, answer.brierScore(), FREQUENCIES);
        put(FigureNames.CALIBRATION_ERROR, answer.calibrationError(), FREQUENCIES);
        for (int label = 0; label < classes.size(); label++) {
            put(FigureNames.ofClass(classes.get(label)), answer.accuracyOf(label), named);
        }
        healthy.ifPresent(h -> List.of("", FigureNames.AT_CALIBRATED).forEach(threshold -> {
            dependent(FigureNames.SENSITIVITY + threshold, answer.sensitivity(h.label()), named, h);
            dependent(FigureNames.SPECIFICITY + threshold, answer.specificity(h.label()), named, h);
        }));
    }

    private void put(String metric, double score, String answer) {
        constants.put(metric, new Constant(score, answer));
    }

    private void dependent(String metric, double score, String answer, HealthyClass healthy) {
        put(metric, score, answer);
        healthyClassOf.put(metric, healthy);
    }

    /** A figure that is not defined has no constant beside it. */
    Figure complete(Figure figure) {
        HealthyClass healthy = healthyClassOf.get(figure.metric());
        Figure marked = healthy == null ? figure : figure.dependingOn(healthy);
        Constant constant = constants.get(figure.metric());
        return constant == null || figure.value() == null ? marked : marked.beside(constant.score, constant.answer);
    }

    private record Constant(double score, String answer) {}
}
