package org.rtda.evaluator.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.rtda.contracts.Gallery;
import org.rtda.contracts.Payload;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.context.CleanBatch;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.figures.Figures;
import org.rtda.store.Payloads;

/**
 * The first images of each class that a perturbation turned from right to wrong, an equal share of {@link #MOST} for each class.
 * The model is asked about the clean ones of those that it has wrong, until there are enough.
 */
final class MisledImages {
    static final int MOST = 8;

    private final EvaluationContext judging;
    private final int wanted;
    private final int wantedOfAClass;
    private final int[] ofClass;
    private final List<Gallery.Picture> pictures = new ArrayList<>();

    /** Looks for none where nothing of the evaluation is kept. */
    MisledImages(EvaluationContext judging) {
        this.judging = judging;
        this.wanted = EvaluationArtifacts.wanted(judging.task()) ? MOST : 0;
        int classes = judging.manifest().classes().size();
        this.wantedOfAClass = (MOST + classes - 1) / classes;
        this.ofClass = new int[classes];
    }

    /** @param said of the perturbed images */
    void look(CleanBatch batch, ImageBatch perturbed, float[][] said) {
        int[] wrong = IntStream.range(0, said.length)
                .filter(i -> Figures.likeliest(said[i]) != batch.labels()[i])
                .filter(i -> ofClass[batch.labels()[i]] < wantedOfAClass)
                .toArray();
        if (pictures.size() >= wanted || wrong.length == 0) {
            return;
        }
        List<ImageBatch> clean = new ArrayList<>();
        for (int i : wrong) {
            clean.add(batch.images().slice(i, i + 1));
        }
        int[] indices = IntStream.of(wrong).map(i -> batch.indices()[i]).toArray();
        float[][] saidOfClean = judging.logits(indices, ImageBatch.concat(clean));
        for (int k = 0; k < wrong.length && pictures.size() < wanted; k++) {
            int i = wrong[k];
            int label = batch.labels()[i];
            if (Figures.likeliest(saidOfClean[k]) == label && ofClass[label] < wantedOfAClass) {
                ofClass[label]++;
                pictures.add(new Gallery.Picture(
                        batch.indices()[i],
                        batch.labels()[i],
                        batch.labels()[i],
                        Figures.likeliest(said[i]),
                        inline(clean.get(k)),
                        inline(perturbed.slice(i, i + 1))));
            }
        }
    }

    List<Gallery.Picture> pictures() {
        return List.copyOf(pictures);
    }

    private static Payload inline(ImageBatch image) {
        return new Payloads(null, Integer.MAX_VALUE).write("inline", image);
    }
}
