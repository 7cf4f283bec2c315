package org.rtda.evaluator.condition;

import java.util.List;
import org.rtda.contracts.Figure;
import org.rtda.evaluator.context.Batches;
import org.rtda.evaluator.context.CleanBatch;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.context.Proportions;
import org.rtda.evaluator.figures.Figures;
import org.rtda.evaluator.figures.ModelAnswers;

/** The images of the split, unperturbed: clean, or from elsewhere. */
public final class UnperturbedCondition implements ConditionKind {
    /** Share of the images given the class that the model gives most: 1 when it gives all of them one. */
    public static final String MOST_GIVEN = "most-predicted-rate";

    @Override
    public ConditionResult measure(EvaluationContext judging) {
        AnswerCollector sheet = new AnswerCollector();
        for (int[] indices : Batches.of(judging.indices())) {
            CleanBatch batch = judging.clean(indices);
            sheet.add(batch, judging.logits(indices, batch.images()));
        }
        ModelAnswers answers = sheet.answers();
        return new ConditionResult(
                answers, List.of(mostGiven(answers, judging.manifest().classes())), List.of());
    }

    private static Figure mostGiven(ModelAnswers answers, List<String> classes) {
        int[] given = new int[classes.size()];
        for (float[] row : answers.logits()) {
            given[Figures.likeliest(row)]++;
        }
        int most = 0;
        for (int c = 1; c < given.length; c++) {
            most = given[c] > given[most] ? c : most;
        }
        return Proportions.of(MOST_GIVEN, given[most], answers.logits().length, "class " + classes.get(most));
    }
}
