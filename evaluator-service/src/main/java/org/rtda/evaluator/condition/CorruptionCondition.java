package org.rtda.evaluator.condition;

import java.util.List;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.context.Batches;
import org.rtda.evaluator.context.CleanBatch;
import org.rtda.evaluator.context.EvaluationContext;

/** Every image corrupted. */
final class CorruptionCondition implements ConditionKind {
    @Override
    public ConditionResult measure(EvaluationContext judging) {
        ConditionCorruption corruption = new ConditionCorruption(judging);
        AnswerCollector sheet = new AnswerCollector();
        MisledImages turned = new MisledImages(judging);
        for (int[] indices : Batches.of(judging.indices())) {
            CleanBatch batch = judging.clean(indices);
            ImageBatch corrupted = corruption.of(batch);
            float[][] said = judging.logits(indices, corrupted);
            sheet.add(batch, said);
            turned.look(batch, corrupted, said);
        }
        return new ConditionResult(sheet.answers(), List.of(), turned.pictures());
    }
}
