package org.rtda.store;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.PreAugmentation;
import org.rtda.core.ByteImage;
import org.rtda.core.Seed;
import org.rtda.core.augment.CropAndFlip;

/** The clean view of a batch: the one definition of it, so that every service that makes one makes the same. */
public final class CleanViews {
    private final DatasetReader reader;

    public CleanViews(DatasetReader reader) {
        this.reader = reader;
    }

    /** The source's images, flipped and cropped as it says; image i with the seed that {@link ImageSource} names. */
    public LabelledImages of(ImageSource source) {
        LabelledImages stored = reader.read(source.dataset(), source.split(), source.indices());
        PreAugmentation pre = source.preAugmentation();
        Seed seed = new Seed(source.seed());
        List<ByteImage> views = new ArrayList<>(stored.images().size());
        for (int i = 0; i < stored.images().size(); i++) {
            views.add(CropAndFlip.apply(
                    stored.images().get(i),
                    pre.horizontalFlip(),
                    pre.cropPadding(),
                    seed.forStep("pre-augmentation", source.step(), source.indices()[i])));
        }
        return new LabelledImages(views, stored.labels());
    }
}
