package org.rtda.evaluator.condition;

import java.util.List;
import org.rtda.contracts.Figure;
import org.rtda.contracts.RobustnessMetric.Subgroup;
import org.rtda.contracts.Subset;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * The result of a condition: its figures, and what is kept for comparison and for the gallery.
 *
 * @param predictions the {@link org.rtda.contracts.Predictions} behind the figures; null when they are not kept
 * @param gallery the {@link org.rtda.contracts.Gallery} of images that were turned; null when none was kept
 * @param subset of the split's images that it is about; null for all of them
 * @param subgroups the figures of each subgroup; null where there are none, or the condition is not told by subgroup
 */
public record ConditionOutcome(
        List<Figure> figures, ObjectRef predictions, ObjectRef gallery, Subset subset, List<Subgroup> subgroups) {}
