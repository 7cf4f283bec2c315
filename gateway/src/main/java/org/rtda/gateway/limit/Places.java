package org.rtda.gateway.limit;

import java.util.HashMap;
import java.util.Map;

/** How many of something go on at once, in all and of each caller, and how many bytes they may take together. Safe for use by several threads. */
final class Places {
    private final int inAll;
    private final int ofOne;
    private final long bytes;
    private final Map<String, Integer> taken = new HashMap<>();
    private int takenInAll;
    private long bytesTaken;

    /** Whether somebody may begin, and if not, what is used up. */
    enum Answer {
        TAKEN,
        CALLER_HAS_ALL,
        ALL_TAKEN,
        NO_SPACE
    }

    /** @param bytes {@link Long#MAX_VALUE} where they do not matter */
    Places(int inAll, int ofOne, long bytes) {
        this.inAll = inAll;
        this.ofOne = ofOne;
        this.bytes = bytes;
    }

    /** What is taken is to be given back by {@link #release}, once. */
    synchronized Answer take(String caller, long bytesOfThis) {
        if (taken.getOrDefault(caller, 0) >= ofOne) {
            return Answer.CALLER_HAS_ALL;
        }
        if (takenInAll >= inAll) {
            return Answer.ALL_TAKEN;
        }
        if (bytesOfThis > bytes - bytesTaken) {
            return Answer.NO_SPACE;
        }
        taken.merge(caller, 1, Integer::sum);
        takenInAll++;
        bytesTaken += bytesOfThis;
        return Answer.TAKEN;
    }

    synchronized void release(String caller, long bytesOfThis) {
        taken.merge(caller, -1, (before, one) -> before + one == 0 ? null : before + one);
        takenInAll--;
        bytesTaken -= bytesOfThis;
    }

    synchronized int takenInAll() {
        return takenInAll;
    }

    int inAll() {
        return inAll;
    }

    int ofOne() {
        return ofOne;
    }

    long bytes() {
        return bytes;
    }
}
