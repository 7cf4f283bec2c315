package org.rtda.evaluator.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.rtda.evaluator.context.CleanBatch;
import org.rtda.evaluator.figures.ModelAnswers;

/** Collects the model's outputs, batch after batch. */
final class AnswerCollector {
    private final List<float[]> logits = new ArrayList<>();
    private final IntStream.Builder indices = IntStream.builder();
    private final IntStream.Builder labels = IntStream.builder();

    /** @param said one row an image of the batch */
    void add(CleanBatch batch, float[][] said) {
        for (int i = 0; i < said.length; i++) {
            logits.add(said[i]);
            indices.add(batch.indices()[i]);
            labels.add(batch.labels()[i]);
        }
    }

    /** Once, at the end. */
    ModelAnswers answers() {
        return new ModelAnswers(indices.build().toArray(), labels.build().toArray(), logits.toArray(float[][]::new));
    }
}
