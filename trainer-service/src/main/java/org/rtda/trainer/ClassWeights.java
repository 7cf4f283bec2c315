package org.rtda.trainer;

import java.util.List;
import org.rtda.contracts.dataset.DatasetManifest;

/** How much an image of each class counts. */
final class ClassWeights {
    private ClassWeights() {}

    /**
     * (Images) / (classes * images of the class), so that every class counts as much as any other, and an average image 1.
     *
     * @throws TrainingFailedException when a class has no image
     */
    static List<Double> balanced(List<String> classes, DatasetManifest.Split train) {
        for (int k = 0; k < classes.size(); k++) {
            if (train.classCounts().get(k) == 0) {
                throw new TrainingFailedException("classWeights must be none for this data set, was balanced: class "
                        + classes.get(k) + " has no training image to weigh");
            }
        }
        return train.classCounts().stream()
                .map(count -> (double) train.count() / (classes.size() * (double) count))
                .toList();
    }
}
