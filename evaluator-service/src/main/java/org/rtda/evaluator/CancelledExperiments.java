package org.rtda.evaluator;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rtda.contracts.ExperimentStatus;

/** The experiments that people have cancelled; followed from the topic's beginning by every replica. */
final class CancelledExperiments {
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

    void apply(ExperimentStatus status) {
        if (status.state() == ExperimentStatus.State.CANCELLED) {
            cancelled.add(status.experimentId());
        }
    }

    boolean contains(String experimentId) {
        return cancelled.contains(experimentId);
    }
}
