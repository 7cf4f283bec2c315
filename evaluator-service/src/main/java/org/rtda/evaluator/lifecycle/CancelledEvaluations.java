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
    private final Map<String, Collection<ExperimentCommand>> commands = new ConcurrentHashMap<>();

    /** Whether the command ends evaluations at all. */
    public static boolean areEndedBy(ExperimentCommand command) {
        return command instanceof ExperimentCommand.Cancel || command instanceof ExperimentCommand.CancelEvaluations;
    }

    /** @param command one that {@linkplain #areEndedBy ends evaluations} */
    public void apply(ExperimentCommand command) {
        commands.computeIfAbsent(command.experimentId(), any -> ConcurrentHashMap.newKeySet())
                .add(command);
    }

    boolean contains(String experimentId, String evaluationId) {
        return commands.getOrDefault(experimentId, Set.of()).stream().anyMatch(command -> command.ends(evaluationId));
    }
}
