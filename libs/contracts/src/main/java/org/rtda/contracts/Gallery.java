package org.rtda.contracts;

import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.settings.Condition;

/**
 * Some images that a model classified correctly before a perturbation and wrongly after it, for people to look at;
 * {@link RobustnessMetric.Measured#gallery} refers to it. At most so many of each class: the first such ones of the
 * images that the condition is about.
 *
 * @param classes class names by label
 */
public record Gallery(
        int schemaVersion,
        String experimentId,
        String evaluationId,
        Condition condition,
        List<String> classes,
        List<Picture> pictures) {

    /**
     * An image before and after.
     *
     * @param index its place in the split
     * @param label its true class
     * @param clean 1 x C x H x W in [0,1], inline
     * @param perturbed the same shape, float32 as the model saw it
     */
    public record Picture(
            int index, int label, int predictedClean, int predictedPerturbed, Payload clean, Payload perturbed) {
        public Picture {
            Check.inRange("index", index, 0, Integer.MAX_VALUE);
            Check.inRange("label", label, 0, 255);
            Check.inRange("predictedClean", predictedClean, 0, 255);
            Check.inRange("predictedPerturbed", predictedPerturbed, 0, 255);
            Check.present("clean", clean);
            Check.present("perturbed", perturbed);
        }
    }

    public Gallery {
        Check.inRange("schemaVersion", schemaVersion, 1, Event.SCHEMA_VERSION);
        Check.name("experimentId", experimentId);
        Check.present("evaluationId", evaluationId);
        Check.present("condition", condition);
        classes = Check.copyOf("classes", classes);
        pictures = Check.copyOf("pictures", pictures);
    }
}
