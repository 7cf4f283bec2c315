package org.rtda.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.Check;
import org.rtda.contracts.Condition;
import org.rtda.contracts.RobustnessMetric;

/** One evaluation, folded from its messages in whatever order they come. Guarded by its {@link Views}. */
final class EvaluationView {
    private final String id;
    private final int epoch;
    private final boolean last;
    private RobustnessMetric.Planned planned;
    private RobustnessMetric.Completed completed;
    private final Map<String, RobustnessMetric> outcomes = new LinkedHashMap<>();
    private final Map<String, RobustnessMetric.Gate> gates = new LinkedHashMap<>();

    EvaluationView(String id, int epoch, boolean last) {
        this.id = id;
        this.epoch = epoch;
        this.last = last;
    }

    /** False for what is already known. */
    boolean apply(RobustnessMetric metric) {
        if (metric instanceof RobustnessMetric.Planned plan) {
            boolean isNew = planned == null || plan.attempt() > planned.attempt();
            planned = isNew ? plan : planned;
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
        return outcomes.putIfAbsent(keyOf(Check.present("condition", conditionOf(metric))), metric) == null;
    }

    private static Condition conditionOf(RobustnessMetric metric) {
        if (metric instanceof RobustnessMetric.Measured measured) {
            return measured.condition();
        }
        return ((RobustnessMetric.Failed) metric).condition();
    }

    private static String keyOf(Condition condition) {
        return condition.split() + " " + condition.label();
    }

    int epoch() {
        return epoch;
    }

    boolean isLast() {
        return last;
    }

    /** -1 while the plan has not come. */
    long attempt() {
        return planned == null ? -1 : planned.attempt();
    }

    Progress progress() {
        int failed = failed().size();
        return new Progress(
                planned == null ? 0 : planned.conditions().size(), outcomes.size() - failed, failed, completed != null);
    }

    List<RobustnessMetric.Measured> measured() {
        return ofType(RobustnessMetric.Measured.class);
    }

    List<RobustnessMetric.Failed> failed() {
        return ofType(RobustnessMetric.Failed.class);
    }

    List<RobustnessMetric.Gate> gates() {
        return List.copyOf(gates.values());
    }

    String id() {
        return id;
    }

    /** Of its plan; null while that has not come. */
    String suite() {
        return planned == null ? null : planned.suite();
    }

    private <M extends RobustnessMetric> List<M> ofType(Class<M> type) {
        List<M> found = new ArrayList<>();
        if (planned != null) {
            // in the order of the plan, so that a table reads the same however the work was shared
            for (Condition condition : planned.conditions()) {
                RobustnessMetric outcome = outcomes.get(keyOf(condition));
                if (type.isInstance(outcome)) {
                    found.add(type.cast(outcome));
                }
            }
        }
        for (RobustnessMetric outcome : outcomes.values()) {
            if (type.isInstance(outcome) && !found.contains(type.cast(outcome))) {
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
        all.addAll(gates.values());
        if (completed != null) {
            all.add(completed);
        }
        return all;
    }

    /** @param planned conditions, 0 while the plan has not come */
    record Progress(int planned, int measured, int failed, boolean completed) {
        static final Progress NONE = new Progress(0, 0, 0, false);
    }
}
