package org.rtda.messaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * So many pieces of work at once, of several lanes: lane 0 goes first, the highest number last. Work that has begun gives its turn up where
 * it can wait ({@link #stepAside}), so that a more urgent lane waits for one stretch of work and not for all of it; it goes on
 * before other work of its lane begins.
 *
 * <p>No lane waits for ever: one that was passed over {@value #PASSED_OVER} times has the next turn, which ends where its
 * work next steps aside. So the last of two lanes has at least one turn in {@value #PASSED_OVER} + 1, however much work the first has.
 * Safe for use by several threads.
 */
public final class PrioritySemaphore {
    /** Turns that more urgent lanes have one after the other while a lane waits; the next is its own. */
    public static final int PASSED_OVER = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** In the order in which they came. */
    private final List<Waiting> waiting = new ArrayList<>();
    /** By lane: turns that more urgent ones had since somebody of it began to wait. */
    private final int[] passedOver;

    private int free;

    private static final class Waiting {
        private final int lane;
        /** Whether it has had a turn before. */
        private final boolean begun;

        private boolean granted;

        private Waiting(int lane, boolean begun) {
            this.lane = lane;
            this.begun = begun;
        }
    }

    /**
     * @param turns at once, at least 1
     * @param lanes at least 1
     */
    public PrioritySemaphore(int turns, int lanes) {
        if (turns < 1 || lanes < 1) {
            throw new IllegalArgumentException("turns and lanes must be at least 1, were " + turns + " and " + lanes);
        }
        this.free = turns;
        this.passedOver = new int[lanes];
    }

    /** Waits for the first turn of a piece of work; to be {@linkplain #release released}. */
    public void take(int lane) throws InterruptedException {
        lock.lock();
        try {
            Waiting mine = waitingIn(lane, false);
            try {
                while (!mine.granted) {
                    changed.await();
                }
            } catch (InterruptedException e) {
                giveUp(mine);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a turn of work that had one before, whatever happens meanwhile: it ends by {@link #release}. */
    public void takeAgain(int lane) {
        lock.lock();
        try {
            awaitTurn(waitingIn(lane, true));
        } finally {
            lock.unlock();
        }
    }

    public void release() {
        lock.lock();
        try {
            free++;
            grant();
        } finally {
            lock.unlock();
        }
    }

    /**
     * To be called during a turn, where the work can wait: it goes on at once unless work of a more urgent lane waits, or of any lane
     * whose turn it is.
     *
     * @return how long it waited, in nanoseconds; 0 where nobody went first
     */
    public long stepAside(int lane) {
        lock.lock();
        try {
            if (waiting.stream().allMatch(other -> other.lane >= lane && !isDue(other.lane))) {
                // the next stretch is another turn for those who wait
                count(lane);
                return 0;
            }
            long start = System.nanoTime();
            free++;
            Waiting mine = waitingIn(lane, true);
            if (mine.granted) {
                return 0;
            }
            awaitTurn(mine);
            return System.nanoTime() - start;
        } finally {
            lock.unlock();
        }
    }

    /** How many wait for a turn in the lane. */
    public int waiting(int lane) {
        lock.lock();
        try {
            return (int) waiting.stream().filter(each -> each.lane == lane).count();
        } finally {
            lock.unlock();
        }
    }

    private Waiting waitingIn(int lane, boolean begun) {
        Waiting mine = new Waiting(lane, begun);
        waiting.add(mine);
        grant();
        return mine;
    }

    private void awaitTurn(Waiting mine) {
        while (!mine.granted) {
            changed.awaitUninterruptibly();
        }
    }

    private void giveUp(Waiting mine) {
        if (mine.granted) {
            free++;
        } else {
            waiting.remove(mine);
        }
        grant();
    }

    private void grant() {
        while (free > 0 && !waiting.isEmpty()) {
            Waiting next = next();
            waiting.remove(next);
            next.granted = true;
            free--;
            count(next.lane);
        }
        changed.signalAll();
    }

    /** A lane that was passed over long enough before others, then the most urgent; within a lane what has begun, then who came first. */
    private Waiting next() {
        return waiting.stream()
                .min(Comparator.comparing((Waiting each) -> !isDue(each.lane))
                        .thenComparing(each -> each.lane)
                        .thenComparing(each -> !each.begun))
                .orElseThrow();
    }

    private boolean isDue(int lane) {
        return passedOver[lane] >= PASSED_OVER;
    }

    private void count(int served) {
        passedOver[served] = 0;
        for (int lane = served + 1; lane < passedOver.length; lane++) {
            int passed = lane;
            passedOver[lane] = waiting.stream().anyMatch(each -> each.lane == passed) ? passedOver[lane] + 1 : 0;
        }
    }
}
