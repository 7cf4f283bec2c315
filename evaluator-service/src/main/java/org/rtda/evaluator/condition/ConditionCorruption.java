package org.rtda.evaluator.condition;

import java.util.List;
import java.util.stream.IntStream;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.corruption.Corruption;
import org.rtda.core.corruption.Corruptions;
import org.rtda.evaluator.context.CleanBatch;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.suite.ModalityTable;

/**
 * The corruption of a condition. The draw depends on the corruption and the image, not on the severity: severities differ
 * in strength alone.
 */
final class ConditionCorruption {
    private final Corruption corruption;
    private final int severity;
    private final Seed draw;

    ConditionCorruption(EvaluationContext judging) {
        Condition condition = judging.condition();
        this.corruption =
                Corruptions.named(condition.corruption(), ModalityTable.of(judging.checkpoint(), judging.manifest()));
        this.severity = condition.severity();
        this.draw = judging.seed().forPurpose(condition.corruption());
    }

    ImageBatch of(CleanBatch batch) {
        List<Seed> seeds =
                IntStream.of(batch.indices()).mapToObj(draw::forIndex).toList();
        return corruption.apply(batch.images(), severity, seeds);
    }
}
