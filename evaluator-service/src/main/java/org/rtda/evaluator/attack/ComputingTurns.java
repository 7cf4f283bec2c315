package org.rtda.evaluator.attack;

import java.util.concurrent.Semaphore;

/**
 * How many conditions compute at once. More may be under way: one that waits for its adversarial images leaves its turn to
 * another meanwhile, so that attackers always have requests and cores have work. Turns are given in the order in which they are
 * asked for.
 */
public final class ComputingTurns {
    private final Semaphore turns;

    /** @param turns at least 1 */
    public ComputingTurns(int turns) {
        this.turns = new Semaphore(turns, true);
    }

    public interface Work<T> {
        T get() throws InterruptedException;
    }

    public <T> T during(Work<T> work) throws InterruptedException {
        turns.acquire();
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    /** The same images; to be waited for during a turn only. */
    public AdversarialImages waitedForAside(AdversarialImages images) {
        return request -> aside(images.ask(request));
    }

    private AdversarialImages.Asked aside(AdversarialImages.Asked asked) {
        return new AdversarialImages.Asked() {
            @Override
            public AdversarialImages.Answer await() throws InterruptedException {
                turns.release();
                try {
                    return asked.await();
                } finally {
                    // also after an interrupt: what follows gives the turn back once
                    turns.acquireUninterruptibly();
                }
            }

            @Override
            public void close() {
                asked.close();
            }
        };
    }
}
