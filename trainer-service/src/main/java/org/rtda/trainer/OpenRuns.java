package org.rtda.trainer;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.rtda.contracts.ExperimentCommand;

/**
 * The run that this trainer has under way, and the experiments that people have submitted and cancelled, so that they meet. Safe for use by
 * several threads.
 */
final class OpenRuns {
    private final Set<String> submitted = new HashSet<>();
    private final Set<String> cancelled = new HashSet<>();
    private String underWay;
    private RunControl control;
    private boolean stopping;

    /** Of a run that is about to begin; one that was cancelled while it waited is told at once. */
    synchronized RunControl begin(String experimentId) {
        underWay = experimentId;
        control = new RunControl();
        if (stopping) {
            control.handOver();
        }
        if (cancelled.contains(experimentId)) {
            control.cancel();
        }
        return control;
    }

    synchronized void end() {
        underWay = null;
        control = null;
        notifyAll();
    }

    /**
     * Waits while a run is under way.
     *
     * @param atMost no longer than this
     * @return true when no run is under way
     */
    synchronized boolean awaitEnd(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (underWay != null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** A command that has been read, of whichever experiment. */
    synchronized void hear(ExperimentCommand command) {
        if (command instanceof ExperimentCommand.Submit) {
            submitted.add(command.experimentId());
        } else if (command instanceof ExperimentCommand.Cancel) {
            cancel(command.experimentId());
        }
    }

    /** Whether a command to train it has been read. */
    synchronized boolean isSubmitted(String experimentId) {
        return submitted.contains(experimentId);
    }

    private void cancel(String experimentId) {
        cancelled.add(experimentId);
        if (experimentId.equals(underWay)) {
            control.cancel();
        }
    }

    synchronized void stopAll() {
        stopping = true;
        if (control != null) {
            control.handOver();
        }
    }
}
