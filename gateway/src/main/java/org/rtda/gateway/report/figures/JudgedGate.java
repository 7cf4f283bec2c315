package org.rtda.gateway.report.figures;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.report.Flag;

/**
 * A gate as a report names it.
 *
 * @param flag what its row and the figures that fail it are marked with
 * @param concerns labels of conditions; empty for all
 */
public record JudgedGate(Flag flag, Outcome outcome, List<String> concerns, String finding) {
    /**
     * A gate that one evaluation judged or several: it fails where any says so, and is not judged where none has judged it.
     *
     * @param judged of one gate, at least one
     */
    static JudgedGate of(Flag flag, List<RobustnessMetric.Gate> judged) {
        Outcome outcome = Stream.of(Outcome.FAILED, Outcome.PASSED, Outcome.NOT_JUDGED)
                .filter(each -> judged.stream().anyMatch(gate -> gate.outcome() == each))
                .findFirst()
                .orElseThrow();
        List<RobustnessMetric.Gate> decisive =
                judged.stream().filter(gate -> gate.outcome() == outcome).toList();
        boolean concernsAll = decisive.stream().anyMatch(gate -> gate.concerns().isEmpty());
        return new JudgedGate(
                flag,
                outcome,
                concernsAll
                        ? List.of()
                        : decisive.stream()
                                .flatMap(gate -> gate.concerns().stream())
                                .distinct()
                                .toList(),
                findings(decisive));
    }

    /** Null where no evaluation says anything; each with its evaluation where they differ. */
    private static String findings(List<RobustnessMetric.Gate> decisive) {
        List<String> distinct = decisive.stream()
                .map(RobustnessMetric.Gate::finding)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (distinct.size() <= 1) {
            return distinct.isEmpty() ? null : distinct.get(0);
        }
        return decisive.stream()
                .filter(gate -> gate.finding() != null)
                .map(gate -> gate.evaluationId() + ": " + gate.finding())
                .collect(Collectors.joining("; "));
    }

    public boolean condemns(String label) {
        return outcome == Outcome.FAILED && (concerns.isEmpty() || concerns.contains(label));
    }
}
