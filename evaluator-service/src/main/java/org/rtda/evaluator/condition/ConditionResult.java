package org.rtda.evaluator.condition;

import java.util.List;
import org.rtda.contracts.Figure;
import org.rtda.contracts.Gallery;
import org.rtda.evaluator.figures.ModelAnswers;

/**
 * What measuring a condition gives: the model's answers, figures of its own, and images for the gallery.
 *
 * @param answers of the images concerned, from which every condition's figures follow; null where the figures of its own are all
 * @param figures of its own
 * @param turned images that it turned, for the gallery
 */
record ConditionResult(ModelAnswers answers, List<Figure> figures, List<Gallery.Picture> turned) {

    static ConditionResult of(ModelAnswers answers) {
        return new ConditionResult(answers, List.of(), List.of());
    }

    static ConditionResult of(Figure figure) {
        return new ConditionResult(null, List.of(figure), List.of());
    }
}
