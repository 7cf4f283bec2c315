package org.rtda.faults;

import java.time.Duration;

/**
 * How long the suite waits. All of it grows with {@code --patience}, since a loaded machine is slow in everything.
 *
 * @param patience for work to move, and for a process to become ready
 */
record Limits(Duration patience) {

    /** For what follows within seconds on an idle machine: a view, a letter, a sweep. A minute, unless the patience is another. */
    Duration soon() {
        return patience.dividedBy(6);
    }

    /** For a whole experiment that nothing disturbs. */
    Duration undisturbed() {
        return patience.multipliedBy(3);
    }
}
