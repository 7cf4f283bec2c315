package org.rtda.attack;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one request at a time through, training before evaluation: a training step waits for its attacks, an evaluation has
 * time. An evaluation request that has begun is finished first, so training waits for one of them at most.
 */
final class Lanes {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private boolean busy;
    private int trainingWaiting;

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
            while (busy || trainingWaiting > 0) {
                changed.awaitUninterruptibly();
            }
            busy = true;
        } finally {
            lock.unlock();
        }
        return runThenRelease(work);
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
