package org.rtda.contracts;

import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.settings.Condition;

/**
 * The class and the probabilities that a model gave each image under one condition; {@link
 * RobustnessMetric.Measured#predictions} refers to it. The images are the same for every model that is judged on so
 * many of a split, so the documents of two models can be compared image by image.
 *
 * @param schemaVersion version of the format of the document
 * @param experimentId id of the experiment
 * @param evaluationId id of the evaluation
 * @param condition under which the images were judged
 * @param classes class names by label
 * @param labels the true class of each image
 * @param predicted the class with the greatest logit, the first of several
 * @param probabilities by image and class: the softmax of the logits, rounded to six decimals; {@code predicted} was
 *     decided before rounding
 * @param indices places of the images in the condition's split, rising; null in documents of earlier builds, whose images are
 *     the first of the split, in its order
 */
public record Predictions(
        int schemaVersion,
        String experimentId,
        String evaluationId,
        Condition condition,
        List<String> classes,
        List<Integer> labels,
        List<Integer> predicted,
        List<List<Double>> probabilities,
        List<Integer> indices) {

    /** Of the first images of the split. */
    public Predictions(
            int schemaVersion,
            String experimentId,
            String evaluationId,
            Condition condition,
            List<String> classes,
            List<Integer> labels,
            List<Integer> predicted,
            List<List<Double>> probabilities) {
        this(schemaVersion, experimentId, evaluationId, condition, classes, labels, predicted, probabilities, null);
    }

    public Predictions {
        Check.inRange("schemaVersion", schemaVersion, 1, Event.SCHEMA_VERSION);
        Check.name("experimentId", experimentId);
        Check.present("evaluationId", evaluationId);
        Check.present("condition", condition);
        classes = Check.copyOf("classes", classes);
        labels = Check.copyOf("labels", labels);
        predicted = Check.copyOf("predicted", predicted);
        probabilities = Check.copyOf("probabilities", probabilities);
        for (int label : labels) {
            Check.inRange("labels (each)", label, 0, classes.size() - 1);
        }
        for (int label : predicted) {
            Check.inRange("predicted (each)", label, 0, classes.size() - 1);
        }
        Check.inRange("predicted (how many)", predicted.size(), labels.size(), labels.size());
        Check.inRange("probabilities (how many)", probabilities.size(), labels.size(), labels.size());
        if (indices != null) {
            indices = Check.copyOf("indices", indices);
            Check.inRange("indices (how many)", indices.size(), labels.size(), labels.size());
        }
    }

    /** By image: whether the model named its class. */
    public boolean[] areRight() {
        boolean[] right = new boolean[labels.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = labels.get(i).equals(predicted.get(i));
        }
        return right;
    }

    /** Whether the images are the first of the split, in its order: so they are where nothing else is said. */
    public boolean areOfTheFirstImages() {
        for (int i = 0; indices != null && i < indices.size(); i++) {
            if (indices.get(i) != i) {
                return false;
            }
        }
        return true;
    }

    /** How many different classes the model named. */
    public int namedClasses() {
        return (int) predicted.stream().distinct().count();
    }
}
