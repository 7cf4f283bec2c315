package org.rtda.attack;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one request at a time work, training before evaluation: a training step waits for its attacks, an evaluation has
 * time. An evaluation request that has begun steps aside between two passes through the network, so training waits for one
 * pass at most; it goes on before another evaluation request begins.
 */
final class Lanes {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private boolean busy;
    private int trainingWaiting;
    private int evaluationsAside;

    <T> T training(Supplier<T> work) {
        lock.lock();
        try {
            trainingWaiting++;
            while (busy) {
                changed.awaitUninterruptibly();
            }
            trainingWaiting--;
            busy = true;
        } finally {
            lock.unlock();
        }
        return runThenRelease(work);
    }

    <T> T evaluation(Supplier<T> work) {
        lock.lock();
        try {
            while (busy || trainingWaiting > 0 || evaluationsAside > 0) {
                changed.awaitUninterruptibly();
            }
            busy = true;
        } finally {
            lock.unlock();
        }
        return runThenRelease(work);
    }

    /**
     * To be called by evaluation work where it can wait: all training that is waiting goes first.
     *
     * @return how long that took, in nanoseconds; 0 where none was waiting
     */
    long stepAside() {
        lock.lock();
        try {
            if (trainingWaiting == 0) {
                return 0;
            }
            long start = System.nanoTime();
            busy = false;
            evaluationsAside++;
            changed.signalAll();
            while (busy || trainingWaiting > 0) {
                changed.awaitUninterruptibly();
            }
            evaluationsAside--;
            busy = true;
            return System.nanoTime() - start;
        } finally {
            lock.unlock();
        }
    }

    /** Requests of the training lane that wait for their turn. */
    int trainingWaiting() {
        lock.lock();
        try {
            return trainingWaiting;
        } finally {
            lock.unlock();
        }
    }

    private <T> T runThenRelease(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            lock.lock();
            try {
                busy = false;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
