package org.rtda.evaluator.attack;

import org.rtda.evaluator.context.EvaluationLane;
import org.rtda.messaging.PrioritySemaphore;

/**
 * How many conditions compute at once, those of an earlier {@link EvaluationLane} first. More may be under way: one that waits for
 * its adversarial images leaves its turn to another meanwhile, so that attackers always have requests and cores have work; one of a
 * later lane leaves it between two batches.
 */
public final class ComputeSemaphore {
    private final PrioritySemaphore turns;

    /** @param turns at least 1 */
    public ComputeSemaphore(int turns) {
        this.turns = new PrioritySemaphore(turns, EvaluationLane.values().length);
    }

    public interface Work<T> {
        T get() throws InterruptedException;
    }

    public <T> T during(EvaluationLane lane, Work<T> work) throws InterruptedException {
        turns.take(lane.ordinal());
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    /** To be called during a turn, where the work can wait: who is more urgent goes first. */
    public void stepAside(EvaluationLane lane) {
        turns.stepAside(lane.ordinal());
    }

    /** The same images; to be waited for during a turn only. */
    public AdversarialImages waitedForAside(AdversarialImages images) {
        return (lane, request, shape) -> aside(images.ask(lane, request, shape), lane);
    }

    private AdversarialImages.Asked aside(AdversarialImages.Asked asked, EvaluationLane lane) {
        return new AdversarialImages.Asked() {
            @Override
            public AdversarialImages.Answer await() throws InterruptedException {
                turns.release();
                try {
                    return asked.await();
                } finally {
                    // also after an interrupt: what follows gives the turn back once
                    turns.takeAgain(lane.ordinal());
                }
            }

            @Override
            public void close() {
                asked.close();
            }
        };
    }
}
