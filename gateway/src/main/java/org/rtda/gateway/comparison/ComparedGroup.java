package org.rtda.gateway.comparison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.Subset;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.comparison.RunOutcome;
import org.rtda.core.metrics.Estimate;
import org.rtda.gateway.problem.ProblemException;

/** Runs whose specifications differ in the seed only. */
record ComparedGroup(ObjectNode specification, SortedMap<Long, ComparedRun> runs) {

    /**
     * In the order in which their first run comes.
     *
     * @throws ProblemException 400 where two are the same run
     */
    static List<ComparedGroup> of(List<ComparedRun> runs) {
        Map<ObjectNode, SortedMap<Long, ComparedRun>> groups = new LinkedHashMap<>();
        for (ComparedRun run : runs) {
            ComparedRun same = groups.computeIfAbsent(run.specificationWithoutSeed(), any -> new TreeMap<>())
                    .put(run.seed(), run);
            if (same != null) {
                throw ProblemException.badValue(
                        "experiments",
                        run.experiment(),
                        "experiments that differ in their specification or seed; this one is the same run as "
                                + same.experiment());
            }
        }
        List<ComparedGroup> all = new ArrayList<>();
        groups.forEach((specification, ofGroup) -> all.add(new ComparedGroup(specification, ofGroup)));
        return List.copyOf(all);
    }

    /** Of the runs that measured it. */
    List<Estimate> figures(Condition condition, String metric) {
        return runs.values().stream()
                .flatMap(run -> run.under(condition).stream())
                .flatMap(measured -> ComparedRun.figure(measured, metric).stream())
                .toList();
    }

    /** The gates that a run's figures under the condition fail, each once. */
    List<String> failedGates(Condition condition) {
        return runs.values().stream()
                .flatMap(run -> run.gatesFailedUnder(condition).stream())
                .distinct()
                .toList();
    }

    SortedMap<Long, RunOutcome> outcomes(Condition condition, KeptAnswers kept) {
        SortedMap<Long, RunOutcome> outcomes = new TreeMap<>();
        runs.forEach((seed, run) -> run.under(condition)
                .flatMap(measured -> outcome(measured, kept))
                .ifPresent(outcome -> outcomes.put(seed, outcome)));
        return outcomes;
    }

    private static Optional<RunOutcome> outcome(Measured measured, KeptAnswers kept) {
        return ComparedRun.figure(measured, FigureNames.ACCURACY)
                .map(accuracy -> new RunOutcome(
                        accuracy,
                        ComparedRun.figure(measured, FigureNames.BALANCED_ACCURACY)
                                .orElse(null),
                        kept.of(measured).map(KeptAnswers.Answered::answers).orElse(null)));
    }

    /** Whether a run names the same class for every clean image; empty where a run's answers are not known and no other does. */
    Optional<Boolean> isConstant(KeptAnswers kept) {
        List<Boolean> known = runs.values().stream()
                .flatMap(run -> run.measured().stream()
                        .filter(measured -> measured.condition().kind() == Condition.Kind.CLEAN))
                .flatMap(measured -> kept.of(measured).stream())
                .map(answered -> answered.namedClasses() == 1)
                .toList();
        return known.contains(true) || known.size() == runs.size()
                ? Optional.of(known.contains(true))
                : Optional.empty();
    }

    /** What part of the split the condition is about, where all runs agree. */
    Optional<Subset> subset(Condition condition) {
        List<Optional<Subset>> ofRuns = runs.values().stream()
                .flatMap(run -> run.under(condition).stream())
                .map(measured -> Optional.ofNullable(measured.subset()))
                .distinct()
                .toList();
        return ofRuns.size() == 1 ? ofRuns.get(0) : Optional.empty();
    }
}
