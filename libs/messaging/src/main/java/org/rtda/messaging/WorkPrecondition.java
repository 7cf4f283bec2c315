package org.rtda.messaging;

import java.util.Optional;

/**
 * Whether what the work of a queue needs is there, such as the store. A queue asks before it takes a record: one that is taken without it
 * could only be given back, and each time would use up one of the deliveries that Kafka allows. Safe for use by several threads.
 */
@FunctionalInterface
public interface WorkPrecondition {
    /** Of work that is taken at all times; while the broker is away its queue computes without a pause. */
    WorkPrecondition NONE = Optional::empty;

    /** Why this worker may take nothing now; empty where it may. A queue that may take nothing asks again every second. */
    Optional<String> missing();

    /**
     * Whether every other worker lacks the same, so that a record that is given back would fail there, too. Not so where only this worker
     * is in trouble.
     */
    default boolean isMissingForAll() {
        return missing().isPresent();
    }
}
