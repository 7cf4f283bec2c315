package org.rtda.augment;

import java.util.Arrays;
import java.util.List;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.settings.AugMixSettings;
import org.rtda.core.ImageBatch;
import org.rtda.core.Seed;
import org.rtda.core.augment.AugMix;
import org.rtda.core.augment.AugMixParameters;
import org.rtda.store.CleanViews;
import org.rtda.store.LabelledImages;

/** Makes the AugMix view that a request asks for. Safe for use by several threads. */
public final class AugmentImages {
    private final CleanViews cleanViews;

    public AugmentImages(CleanViews cleanViews) {
        this.cleanViews = cleanViews;
    }

    /**
     * @return one image for each index of the request, in its order
     * @throws org.rtda.store.ArtifactException when the data set is missing, altered or out of reach
     */
    public ImageBatch make(AugmentRequest request) {
        LabelledImages clean = cleanViews.of(request.images());
        Seed seed = new Seed(request.seed());
        List<Seed> seeds = Arrays.stream(request.images().indices())
                .mapToObj(index -> seed.forStep(request.view(), request.step(), index))
                .toList();
        return new AugMix(parameters(request.augmix())).mix(clean.images(), seeds);
    }

    private static AugMixParameters parameters(AugMixSettings settings) {
        return new AugMixParameters(
                settings.width(), settings.depth(), settings.severity(), settings.alpha(), settings.allOperations());
    }
}
