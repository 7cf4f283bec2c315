package org.rtda.gateway.report.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtda.contracts.Figure;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.report.figures.ReportSource.Evaluation;
import org.rtda.report.Flag;
import org.rtda.report.ReportFigure;
import org.rtda.report.TableCell;

/**
 * The figures and gates of all evaluations of a checkpoint. If several evaluations measured a condition or judged a gate, that of
 * the largest suite counts, and within a suite one with figures by subgroup. Every figure of a report comes from here, with the
 * flags of the gates that it fails.
 */
public final class Findings {

    private static final List<String> FULLEST_FIRST = List.of("full", "standard", "quick");

    private final List<Evaluation> evaluations;
    private final List<Measured> measured;
    private final List<RobustnessMetric.Failed> failed;
    private final List<JudgedGate> gates = new ArrayList<>();

    public Findings(List<Evaluation> evaluations) {
        this.evaluations = evaluations.stream()
                .sorted(Comparator.comparingInt(Findings::rank).thenComparing(Evaluation::id))
                .toList();
        Map<String, Measured> byCondition = new LinkedHashMap<>();
        Map<String, Integer> rankOf = new HashMap<>();
        for (Evaluation evaluation : this.evaluations) {
            for (Measured m : evaluation.measured()) {
                String key = keyOf(m.condition());
                Measured known = byCondition.putIfAbsent(key, m);
                if (known == null) {
                    rankOf.put(key, rank(evaluation));
                } else if (rankOf.get(key) == rank(evaluation) && tellsMore(m, known)) {
                    byCondition.put(key, m);
                }
            }
        }
        measured = List.copyOf(byCondition.values());
        failed = withoutFigure(byCondition.keySet());
        Map<String, List<RobustnessMetric.Gate>> byName = this.evaluations.stream()
                .flatMap(evaluation -> evaluation.gates().stream())
                .sorted(Comparator.comparingInt(gate -> KnownNames.GATES.indexOf(gate.gate())))
                .collect(Collectors.groupingBy(RobustnessMetric.Gate::gate, LinkedHashMap::new, Collectors.toList()));
        byName.forEach((name, judged) -> gates.add(JudgedGate.of(nextFlag(name), judged)));
    }

    /** Each condition once; one that failed in an evaluation and was cancelled in another has failed. */
    private List<RobustnessMetric.Failed> withoutFigure(Set<String> measuredKeys) {
        Map<String, RobustnessMetric.Failed> byCondition = new LinkedHashMap<>();
        evaluations.stream()
                .flatMap(evaluation -> evaluation.failed().stream())
                .filter(each -> !measuredKeys.contains(keyOf(each.condition())))
                .forEach(each -> byCondition.merge(
                        keyOf(each.condition()), each, (before, now) -> before.wasCancelled() ? now : before));
        return List.copyOf(byCondition.values());
    }

    /** Earlier builds told no subgroups; the same suite again, of this build, does. */
    private static boolean tellsMore(Measured other, Measured known) {
        return known.subgroups() == null && other.subgroups() != null;
    }

    private static int rank(Evaluation evaluation) {
        int rank = evaluation.suite().map(FULLEST_FIRST::indexOf).orElse(-1);
        return rank < 0 ? FULLEST_FIRST.size() : rank;
    }

    private Flag nextFlag(String name) {
        return new Flag("G" + (gates.size() + 1), name);
    }

    public List<Evaluation> evaluations() {
        return evaluations;
    }

    public List<Measured> measured() {
        return measured;
    }

    /** Conditions of all evaluations; one that several plan comes as often. */
    public Stream<Condition> planned() {
        return evaluations.stream().flatMap(evaluation -> evaluation.plan().stream());
    }

    /** The same for the same condition in whichever evaluation. */
    static String keyOf(Condition condition) {
        return condition.key();
    }

    /** Conditions that no evaluation has measured, each once: some failed, the others were cancelled. */
    public List<RobustnessMetric.Failed> failed() {
        return failed;
    }

    /** How many of {@link #failed} were cancelled. */
    public int cancelled() {
        return (int)
                failed.stream().filter(RobustnessMetric.Failed::wasCancelled).count();
    }

    /** Whether every evaluation is over. */
    boolean isComplete() {
        return !evaluations.isEmpty() && evaluations.stream().allMatch(Evaluation::completed);
    }

    public List<JudgedGate> gates() {
        return List.copyOf(gates);
    }

    public List<Measured> ofKind(Condition.Kind kind) {
        return measured.stream().filter(m -> m.condition().kind() == kind).toList();
    }

    public Optional<Measured> clean() {
        return ofKind(Condition.Kind.CLEAN).stream().findFirst();
    }

    /** Attacks that want any wrong class, by name and radius. */
    public List<Measured> untargetedAttacks() {
        return ofKind(Condition.Kind.ATTACK).stream()
                .filter(m -> m.condition().goal() == null)
                .sorted(Comparator.comparing(
                                (Measured m) -> m.condition().attack().norm())
                        .thenComparing(m -> m.condition().attack().name())
                        .thenComparing(m -> m.condition().attack().steps())
                        .thenComparing(m -> m.condition().attack().restarts())
                        .thenComparing(m -> m.condition().attack().epsilon()))
                .toList();
    }

    /** The attack that training was against, or would have been, in the settings of the evaluation. */
    public Optional<Measured> trainingAttack(ReportSource source) {
        AttackSettings trained = source.trainingAttack();
        return untargetedAttacks().stream()
                .filter(m -> m.condition().attack().isLike(trained))
                .min(Comparator.comparingInt(
                        m -> Math.abs(m.condition().attack().steps()
                                - source.spec().evaluation().attackSteps())));
    }

    /** Of the gates that a condition's figures fail. */
    public List<Flag> flags(Measured m) {
        return gates.stream()
                .filter(gate -> gate.condemns(m.condition().label()))
                .map(JudgedGate::flag)
                .toList();
    }

    /** Of the gates that any of the conditions' figures fail. */
    public List<Flag> flags(List<Measured> several) {
        return gates.stream()
                .filter(gate -> several.stream()
                        .anyMatch(m -> gate.condemns(m.condition().label())))
                .map(JudgedGate::flag)
                .toList();
    }

    public TableCell cell(Measured m, String metric) {
        return m.values().stream()
                .filter(f -> f.metric().equals(metric))
                .findFirst()
                .map(f -> cell(m, f))
                .orElseGet(() -> TableCell.figure(ReportFigure.missing("not measured"), List.of()));
    }

    public TableCell cell(Measured m, Figure figure) {
        return TableCell.figure(figureOf(m, figure), flags(m));
    }

    /**
     * How many images there are where a figure's n were drawn from them; null where n are all, or not all of the drawn ones, such
     * as those of one class.
     */
    static Integer drawnFrom(Measured m, int n) {
        return m.subset() != null && m.subset().images() == n ? m.subset().of() : null;
    }

    private static ReportFigure figureOf(Measured m, Figure f) {
        ReportFigure figure = f.value() == null
                ? ReportFigure.builder()
                        .n(f.n())
                        .note("not defined: " + (f.note() == null ? "no reason given" : f.note()))
                        .build()
                : ReportFigure.builder()
                        .value(f.value())
                        .low(f.low())
                        .high(f.high())
                        .n(f.n())
                        .note(f.note())
                        .constant(f.constant())
                        .assumption(assumptionOf(List.of(f)))
                        .build();
        return figure.drawnFrom(drawnFrom(m, f.n()));
    }

    /** What is said beside a figure, or the mean of several, that rests on a healthy class that nobody named; else null. */
    static String assumptionOf(List<Figure> figures) {
        return figures.stream().anyMatch(f -> Boolean.TRUE.equals(f.healthyClassAssumed()))
                ? HealthyClass.ASSUMED
                : null;
    }

    /** Empty when the figure is absent or not defined. */
    public static Optional<Figure> defined(Measured m, String metric) {
        return m.values().stream()
                .filter(f -> f.metric().equals(metric) && f.value() != null)
                .findFirst();
    }
}
