package org.rtda.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps the use of a data set and its removal apart, by name. Many may use it at once. Nobody waits: whoever comes second is
 * refused. It knows what this process does, not what others do. Safe for several threads.
 */
final class DatasetUse {
    private final Map<String, Integer> users = new HashMap<>();
    private final Set<String> removed = new HashSet<>();

    /** @throws DatasetBusyException when it is being removed */
    <T> T using(String name, Supplier<T> work) {
        synchronized (this) {
            requireNotRemoved(name);
            users.merge(name, 1, Integer::sum);
        }
        try {
            return work.get();
        } finally {
            synchronized (this) {
                users.computeIfPresent(name, (any, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /** @throws DatasetBusyException when it is in use or being removed */
    <T> T removing(String name, Supplier<T> work) {
        synchronized (this) {
            requireNotRemoved(name);
            if (users.containsKey(name)) {
                throw new DatasetBusyException(
                        "data set " + name
                                + " is in use: an experiment is being submitted or evaluated with it; try again when that has ended");
            }
            removed.add(name);
        }
        try {
            return work.get();
        } finally {
            synchronized (this) {
                removed.remove(name);
            }
        }
    }

    private void requireNotRemoved(String name) {
        if (removed.contains(name)) {
            throw new DatasetBusyException("data set " + name + " is being removed: try again when that has ended");
        }
    }
}
