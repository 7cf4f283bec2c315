package org.rtda.attack;

import java.util.function.Supplier;
import org.rtda.messaging.PrioritySemaphore;

/**
 * Lets one request at a time work, in the order of the lanes. An evaluation request that has begun steps aside between two passes
 * through the network, so training waits for one pass at most. A lane that was passed over {@value PrioritySemaphore#PASSED_OVER} times has one
 * pass, so that an evaluation goes on, slowly, however much is trained.
 */
final class AttackScheduler {
    private final PrioritySemaphore turns = new PrioritySemaphore(1, AttackLane.values().length);

    /** @throws InterruptedException while the request waits for its turn; it has not begun */
    <T> T take(AttackLane lane, Supplier<T> work) throws InterruptedException {
        turns.take(lane.ordinal());
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    /**
     * To be called by work of the lane where it can wait: whoever is to go first does. Training goes on.
     *
     * @return how long that took, in nanoseconds; 0 where nobody went first
     */
    long stepAside(AttackLane lane) {
        return lane == AttackLane.TRAINING ? 0 : turns.stepAside(lane.ordinal());
    }

    /** Requests of the lane that wait for their turn. */
    int waiting(AttackLane lane) {
        return turns.waiting(lane.ordinal());
    }
}
