package org.rtda.evaluator;

import java.util.List;
import org.rtda.contracts.RobustnessMetric.Figure;

/** The images of the split, unperturbed: clean, or from elsewhere. */
final class AsTheyAre implements ConditionKind {
    /** Share of the images given the class that the model gives most: 1 when it gives all of them one. */
    static final String MOST_GIVEN = "most-predicted-rate";

    @Override
    public ConditionResult measure(Judging judging) {
        AnswerSheet sheet = new AnswerSheet();
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
        return Shares.of(MOST_GIVEN, given[most], answers.logits().length, "class " + classes.get(most));
    }
}
