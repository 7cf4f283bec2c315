package org.rtda.gateway.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Values by position, at most {@code capacity} of them. When there are more, every second one goes: what stays are the
 * positions divisible by a stride that doubles each time, with the first and the last always among them. What remains
 * does not depend on the order in which values came, once all of them have. Not safe for several threads.
 */
final class ThinnedSeries<T> {
    private final int capacity;
    private final TreeMap<Long, T> values = new TreeMap<>();
    private long stride = 1;

    ThinnedSeries(int capacity) {
        if (capacity < 4) {
            throw new IllegalArgumentException("capacity must be at least 4, was " + capacity);
        }
        this.capacity = capacity;
    }

    /** Whether the value is now part of the series; the last position always is. */
    boolean put(long position, T value) {
        Map.Entry<Long, T> oldLast = values.lastEntry();
        Map.Entry<Long, T> oldFirst = values.firstEntry();
        values.put(position, value);
        if (oldLast != null && !isKept(oldLast.getKey())) {
            values.remove(oldLast.getKey());
        }
        if (oldFirst != null && !isKept(oldFirst.getKey())) {
            values.remove(oldFirst.getKey());
        }
        if (!isKept(position)) {
            values.remove(position);
        }
        boolean stored = values.containsKey(position);
        if (values.size() > capacity) {
            halve();
        }
        return stored;
    }

    /** Every second value goes. */
    void halve() {
        stride *= 2;
        List<Long> positions = new ArrayList<>(values.keySet());
        for (long position : positions) {
            if (!isKept(position)) {
                values.remove(position);
            }
        }
    }

    T at(long position) {
        return values.get(position);
    }

    void removeFrom(long position, Predicate<T> condition) {
        values.tailMap(position, true).values().removeIf(condition);
    }

    int size() {
        return values.size();
    }

    /** In the order of their positions. */
    List<T> values() {
        return List.copyOf(values.values());
    }

    Optional<T> last() {
        return Optional.ofNullable(values.lastEntry()).map(Map.Entry::getValue);
    }

    /**
     * The last value and those at most so many positions before it, in the order of their positions. Where thinning has left none
     * of these, the last two.
     */
    List<T> latest(long positions) {
        if (values.isEmpty()) {
            return List.of();
        }
        Long beforeLast = values.lowerKey(values.lastKey());
        long first = values.lastKey() - positions;
        return List.copyOf(values.tailMap(beforeLast == null ? first : Math.min(first, beforeLast), true)
                .values());
    }

    private boolean isKept(long position) {
        return position % stride == 0 || position == values.firstKey() || position == values.lastKey();
    }
}
