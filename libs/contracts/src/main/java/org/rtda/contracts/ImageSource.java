package org.rtda.contracts;

import java.util.Arrays;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.PreAugmentation;

/**
 * Images of a data set, and the clean view of them: image {@code indices[i]} is flipped and cropped with the seed
 * {@code Seed(seed).forStep("pre-augmentation", step, indices[i])}, so anyone who holds this can make the same view.
 *
 * @param split of the data set
 * @param indices positions in the split, in the order of the batch
 * @param preAugmentation {@link PreAugmentation#NONE} leaves the images as they are
 * @param seed the experiment's seed
 * @param step the optimiser step the batch is for (0 where there is none)
 */
public record ImageSource(
        DatasetRef dataset, String split, int[] indices, PreAugmentation preAugmentation, long seed, long step) {
    public ImageSource {
        Check.present("dataset", dataset);
        Check.present("split", split);
        Check.present("indices", indices);
        Check.inRange("indices (how many)", indices.length, 1, 65536);
        for (int index : indices) {
            Check.inRange("indices (each)", index, 0, Integer.MAX_VALUE);
        }
        Check.present("preAugmentation", preAugmentation);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageSource that
                && dataset.equals(that.dataset)
                && split.equals(that.split)
                && Arrays.equals(indices, that.indices)
                && preAugmentation.equals(that.preAugmentation)
                && seed == that.seed
                && step == that.step;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(indices) * 31 + Long.hashCode(step);
    }
}
