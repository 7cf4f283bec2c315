package org.rtda.core.comparison;

import org.rtda.core.metrics.Estimate;

/**
 * What one training run shows under one condition, or in the mean over several.
 *
 * @param accuracy with its interval over test images
 * @param balancedAccuracy the same; null where it is not defined
 * @param answers by image; null where they were not kept, and of a mean over several conditions
 */
public record RunOutcome(Estimate accuracy, Estimate balancedAccuracy, Answers answers) {

    /**
     * Whether the model was right, image by image.
     *
     * @param right in the order of the split
     * @param images fingerprint of the images and their classes: the answers of two models can be paired where it is equal
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answers(boolean[] right, String images) {}
}
