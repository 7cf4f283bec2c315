package org.rtda.gateway.view;

import java.util.Optional;
import org.rtda.contracts.ExperimentStatus;

/**
 * Says of an experiment that nothing more will come unless somebody asks for it, for example for another evaluation.
 *
 * @param state in which it has ended; null where it was deleted
 */
public record ExperimentEnd(String experimentId, ExperimentStatus.State state) {
    /** Empty while it runs, or one of its evaluations does. */
    public static Optional<ExperimentEnd> of(ExperimentView view) {
        return ExperimentProgress.of(view, null).isEmpty()
                        && Unfinished.of(view).isEmpty()
                ? Optional.of(new ExperimentEnd(view.id(), view.status().state()))
                : Optional.empty();
    }

    public static ExperimentEnd deleted(String experimentId) {
        return new ExperimentEnd(experimentId, null);
    }
}
