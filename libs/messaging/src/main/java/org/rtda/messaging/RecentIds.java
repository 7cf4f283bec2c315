package org.rtda.messaging;

import java.util.LinkedHashSet;
import java.util.Set;

/** Ids, of which the oldest are forgotten when there are too many. Safe for use by several threads. */
public final class RecentIds {
    private final int most;
    private final Set<String> ids = new LinkedHashSet<>();

    /** @param most ids that are kept, at least 1 */
    public RecentIds(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, was " + most);
        }
        this.most = most;
    }

    public synchronized void add(String id) {
        ids.remove(id);
        ids.add(id);
        if (ids.size() > most) {
            ids.remove(ids.iterator().next());
        }
    }

    /** @return whether it was there */
    public synchronized boolean remove(String id) {
        return ids.remove(id);
    }
}
