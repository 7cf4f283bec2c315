package org.rtda.faults;

import java.util.List;
import java.util.Optional;
import org.rtda.contracts.Topic;

/**
 * A fault of the suite: one small class each (or one for several that differ in a parameter), listed in {@link Faults}.
 */
interface Fault {
    /** In kebab case, as {@code --only} takes it. */
    String name();

    /** One line: what happens, and what must come of it where that is not the undisturbed result. */
    String description();

    /** Why it cannot be tried on this machine; empty when it can. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** What trains meanwhile. */
    default List<Template> load() {
        return List.of(Template.MAIN);
    }

    /** What the moment is counted in: training metrics, or robustness metrics for a fault of evaluations. */
    default Topic countedIn() {
        return Topic.TRAINING_METRICS;
    }

    /** Called on the whole system, before the experiments are submitted. */
    default void prepare(SystemUnderTest system) {}

    /** Called at the moment; returns when the fault is over and the system could go on. */
    void happen(Trial trial);

    /** Called when all experiments have ended or were given up. @return what else is wrong, in sentences */
    default List<String> complaints(Trial trial) {
        return List.of();
    }
}
