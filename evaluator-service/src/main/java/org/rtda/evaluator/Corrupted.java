package org.rtda.evaluator;

import java.util.List;
import org.rtda.core.ImageBatch;

/** Every image corrupted. */
final class Corrupted implements ConditionKind {
    @Override
    public ConditionResult measure(Judging judging) {
        Corrupting corruption = new Corrupting(judging);
        AnswerSheet sheet = new AnswerSheet();
        TurnedImages turned = new TurnedImages(judging);
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
