package org.rtda.evaluator.lifecycle;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rtda.contracts.ExperimentCommand;

/**
 * The evaluations that people have cancelled; followed from the topic's beginning by every replica. A named evaluation is cancelled
 * by its id alone, and no id is used again, so the order of the commands makes no difference. Safe for use by several threads.
 */
public final class CancelledEvaluations {
    /** By experiment: one command, or several where it was evaluated after the first. */
    private final Map<String, Collection<ExperimentCommand.Cancel>> commands = new ConcurrentHashMap<>();

    public void apply(ExperimentCommand.Cancel cancel) {
        commands.computeIfAbsent(cancel.experimentId(), any -> ConcurrentHashMap.newKeySet())
                .add(cancel);
    }

    boolean contains(String experimentId, String evaluationId) {
        return commands.getOrDefault(experimentId, Set.of()).stream().anyMatch(cancel -> cancel.ends(evaluationId));
    }
}
