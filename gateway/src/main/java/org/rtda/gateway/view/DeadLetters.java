package org.rtda.gateway.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dead letters seen, each refused record once, the newest {@value #KEPT} in memory. Safe for several threads. */
public final class DeadLetters {
    public static final int KEPT = 1000;

    private final Map<String, DeadLetter> letters = new LinkedHashMap<>();
    private long count;
    private Instant newest = Instant.EPOCH;

    /**
     * @param position where the letter itself lies, its identity when it does not say where it comes from
     * @return whether it is new: several services may refuse the same record
     */
    synchronized boolean add(DeadLetter letter, String position) {
        String identity = letter.origin() == null ? "letter/" + position : letter.origin();
        if (letters.putIfAbsent(identity, letter) != null) {
            return false;
        }
        count++;
        newest = letter.time().isAfter(newest) ? letter.time() : newest;
        if (letters.size() > KEPT) {
            letters.remove(letters.keySet().iterator().next());
        }
        return true;
    }

    synchronized boolean knows(String origin) {
        return letters.containsKey(origin);
    }

    public synchronized long count() {
        return count;
    }

    /** When the newest was written, in seconds since 1970; 0 while there is none. */
    public synchronized double newestSeconds() {
        return newest.toEpochMilli() / 1e3;
    }

    /** Newest first, at most {@code limit}. */
    public synchronized List<DeadLetter> newest(int limit) {
        List<DeadLetter> all = new ArrayList<>(letters.values());
        Collections.reverse(all);
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }
}
