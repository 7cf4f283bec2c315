package org.rtda.evaluator.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.settings.Condition;

/** Turns logits into the document that is kept in the store: classes and probabilities. */
public final class StoredPredictions {
    private static final double DECIMALS = 1e6;

    private StoredPredictions() {}

    /** Decided the way {@link Figures} decides. */
    public static Predictions of(
            String experimentId, String evaluationId, Condition condition, List<String> classes, ModelAnswers answers) {
        List<Integer> predicted = new ArrayList<>();
        List<List<Double>> probabilities = new ArrayList<>();
        for (float[] row : answers.logits()) {
            predicted.add(Figures.likeliest(row));
            probabilities.add(rounded(row));
        }
        return new Predictions(
                Event.SCHEMA_VERSION,
                experimentId,
                evaluationId,
                condition,
                classes,
                Arrays.stream(answers.labels()).boxed().toList(),
                predicted,
                probabilities,
                Arrays.stream(answers.indices()).boxed().toList());
    }

    private static List<Double> rounded(float[] logits) {
        double greatest = logits[Figures.likeliest(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - greatest);
        }
        List<Double> row = new ArrayList<>();
        for (float logit : logits) {
            row.add(Math.rint(Math.exp(logit - greatest) / sum * DECIMALS) / DECIMALS);
        }
        return row;
    }
}
