package org.rtda.faults;

import java.util.List;

/**
 * One try of a fault.
 *
 * @param seconds the longest time after the fault in which no work was seen; null where none was seen after it
 * @param failures empty where the system recovered
 */
record Tried(int lost, int doubled, int differing, Double seconds, List<String> failures) {
    boolean recovered() {
        return failures.isEmpty();
    }
}
