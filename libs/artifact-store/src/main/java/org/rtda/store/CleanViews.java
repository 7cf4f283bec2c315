package org.rtda.store;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.settings.PreAugmentation;
import org.rtda.core.ByteImage;
import org.rtda.core.Seed;
import org.rtda.core.augment.CropAndFlip;

/**
 * Makes the clean view that an {@link ImageSource} describes. It is the one definition, shared by trainer and workers.
 */
public final class CleanViews {
    private static final String PURPOSE = "pre-augmentation";

    private final DatasetReader reader;

    public CleanViews(DatasetReader reader) {
        this.reader = reader;
    }

    /** Image {@code indices[i]} flipped and cropped with {@code Seed(seed).forStep("pre-augmentation", step, indices[i])}. */
    public LabelledImages of(ImageSource source) {
        LabelledImages stored = reader.read(source.dataset(), source.split(), source.indices());
        PreAugmentation change = source.preAugmentation();
        if (change.equals(PreAugmentation.NONE)) {
            return stored;
        }
        Seed seed = new Seed(source.seed());
        List<ByteImage> views = new ArrayList<>(stored.images().size());
        for (int i = 0; i < stored.images().size(); i++) {
            views.add(CropAndFlip.apply(
                    stored.images().get(i),
                    change.horizontalFlip(),
                    change.cropPadding(),
                    seed.forStep(PURPOSE, source.step(), source.indices()[i])));
        }
        return new LabelledImages(views, stored.labels());
    }
}
