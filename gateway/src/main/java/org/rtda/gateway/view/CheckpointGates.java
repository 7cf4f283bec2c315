package org.rtda.gateway.view;

import java.util.List;
import org.rtda.contracts.RobustnessMetric.Gate;
import org.rtda.contracts.settings.Condition;

/**
 * What the gates of all evaluations of one checkpoint say. They judge one model, so a gate of a fuller evaluation counts for the
 * same condition of the others.
 */
public record CheckpointGates(List<Gate> gates) {
    public CheckpointGates {
        gates = List.copyOf(gates);
    }

    /** Of the checkpoint that this evaluation judges. */
    public static CheckpointGates of(ExperimentView view, EvaluationView evaluation) {
        return new CheckpointGates(view.evaluations().stream()
                .filter(other -> other.epoch() == evaluation.epoch())
                .flatMap(other -> other.gates().stream())
                .toList());
    }

    /** The names of those with this outcome, each once. */
    List<String> named(Gate.Outcome outcome) {
        return gates.stream()
                .filter(gate -> gate.outcome() == outcome)
                .map(Gate::gate)
                .distinct()
                .toList();
    }

    /** The gates that say of this condition's figures that they do not stand. One that fails and names no condition says it of all. */
    public List<String> failedBy(Condition condition) {
        return gates.stream()
                .filter(gate -> gate.outcome() == Gate.Outcome.FAILED
                        && (gate.concerns().isEmpty() || gate.concerns().contains(condition.label())))
                .map(Gate::gate)
                .distinct()
                .toList();
    }
}
