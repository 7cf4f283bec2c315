package org.rtda.gateway.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.settings.Condition;

/**
 * One evaluation, folded from its messages in whatever order they come. What the experiment's settings asked for has no name;
 * what people asked for beside it has one, so that the evaluations of one checkpoint stay apart. Not safe for several threads.
 */
public final class EvaluationView {
    private final String id;
    private final String name;
    private final int epoch;
    private final boolean last;
    private EvaluationCommand command;
    private RobustnessMetric.Planned planned;
    private List<MessageKey> plannedOutcomes = List.of();
    private RobustnessMetric.Completed completed;
    private final Map<MessageKey, RobustnessMetric> outcomes = new LinkedHashMap<>();
    private final Map<String, RobustnessMetric.Gate> gates = new HashMap<>();

    /** @param id an {@link EvaluationId} as text */
    EvaluationView(String id, int epoch, boolean last) {
        this.id = id;
        this.name = EvaluationId.parse(id).name();
        this.epoch = epoch;
        this.last = last;
    }

    /** False for what is already known. */
    boolean apply(EvaluationCommand asked) {
        boolean isNew = command == null;
        command = isNew ? asked : command;
        return isNew;
    }

    /** False for what is already known. */
    boolean apply(RobustnessMetric metric) {
        if (metric instanceof RobustnessMetric.Planned plan) {
            boolean isNew = planned == null || plan.attempt() > planned.attempt();
            if (isNew) {
                plannedOutcomes = plan.conditions().stream().map(MessageKey::of).toList();
                planned = plan;
            }
            return isNew;
        }
        if (metric instanceof RobustnessMetric.Completed end) {
            boolean isNew = completed == null;
            completed = isNew ? end : completed;
            return isNew;
        }
        if (metric instanceof RobustnessMetric.Gate gate) {
            return gates.putIfAbsent(gate.gate(), gate) == null;
        }
        return outcomes.putIfAbsent(MessageKey.of(metric), metric) == null;
    }

    public String id() {
        return id;
    }

    /** Null for what the experiment's settings asked for. */
    String name() {
        return name;
    }

    /** Null where nobody asked, or where that message has not come yet. */
    public EvaluationCommand command() {
        return command;
    }

    /** Null while neither the plan nor the command has come. */
    public String suite() {
        if (command == null) {
            return planned == null ? null : planned.suite();
        }
        // what an evaluator could not read it does not know
        return command.suite() == null ? "transfer" : command.suite();
    }

    int epoch() {
        return epoch;
    }

    public boolean isLast() {
        return last;
    }

    /** -1 while the plan has not come. */
    long attempt() {
        return planned == null ? -1 : planned.attempt();
    }

    /** Empty while the plan has not come. */
    public List<Condition> plan() {
        return planned == null ? List.of() : planned.conditions();
    }

    public boolean isComplete() {
        return completed != null;
    }

    /** Whether a message of it has come, and not its checkpoint alone. */
    public boolean isTold() {
        return command != null || !all().isEmpty();
    }

    /** Whether a condition has an answer, with figures or without. */
    public boolean isBegun() {
        return !outcomes.isEmpty();
    }

    /** Whether people asked for it, and not the experiment's own settings. */
    public boolean isNamed() {
        return name != null;
    }

    public Progress progress() {
        List<RobustnessMetric.Failed> failed = failed();
        return new Progress(
                planned == null ? 0 : planned.conditions().size(),
                outcomes.size() - failed.size(),
                failed.size(),
                (int) failed.stream()
                        .filter(RobustnessMetric.Failed::wasCancelled)
                        .count(),
                completed != null);
    }

    public List<RobustnessMetric.Measured> measured() {
        return ofType(RobustnessMetric.Measured.class);
    }

    public List<RobustnessMetric.Failed> failed() {
        return ofType(RobustnessMetric.Failed.class);
    }

    /** In the order in which the contracts list them. */
    public List<RobustnessMetric.Gate> gates() {
        return gates.values().stream()
                .sorted(Comparator.comparingInt(gate -> KnownNames.GATES.indexOf(gate.gate())))
                .toList();
    }

    /** Whether a condition has figures. */
    boolean hasFigures() {
        return outcomes.values().stream().anyMatch(RobustnessMetric.Measured.class::isInstance);
    }

    private <M extends RobustnessMetric> List<M> ofType(Class<M> type) {
        // in the order of the plan, so that a table reads the same however the work was shared
        Set<MessageKey> order = new LinkedHashSet<>(plannedOutcomes);
        order.addAll(outcomes.keySet());
        List<M> found = new ArrayList<>();
        for (MessageKey key : order) {
            RobustnessMetric outcome = outcomes.get(key);
            if (type.isInstance(outcome)) {
                found.add(type.cast(outcome));
            }
        }
        return List.copyOf(found);
    }

    /** Plan first, end last. */
    List<RobustnessMetric> all() {
        List<RobustnessMetric> all = new ArrayList<>();
        if (planned != null) {
            all.add(planned);
        }
        all.addAll(outcomes.values());
        all.addAll(gates());
        if (completed != null) {
            all.add(completed);
        }
        return all;
    }

    /**
     * @param planned conditions, 0 while the plan has not come
     * @param measured conditions with figures
     * @param failed conditions without figures, those that were cancelled included
     * @param cancelled how many of {@code failed} were not measured because the evaluation was cancelled
     * @param completed whether the evaluation has ended
     */
    public record Progress(int planned, int measured, int failed, int cancelled, boolean completed) {
        public static final Progress NONE = new Progress(0, 0, 0, 0, false);
    }
}
