package org.rtda.faults;

import java.time.Duration;

/**
 * How long the suite waits. All of it grows with {@code --patience}, since a loaded machine is slow in everything.
 *
 * @param patience for work to move, and for a process to become ready
 */
record Limits(Duration patience) {
    private static final Duration LEAST = Duration.ofMinutes(1);

    /** For what follows within seconds on an idle machine: a view, a letter, a sweep. A minute at least. */
    Duration soon() {
        Duration part = patience.dividedBy(6);
        return part.compareTo(LEAST) < 0 ? LEAST : part;
    }

    /** For a whole experiment that nothing disturbs. */
    Duration undisturbed() {
        return patience.multipliedBy(3);
    }
}
