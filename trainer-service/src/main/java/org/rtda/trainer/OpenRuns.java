package org.rtda.trainer;

import java.util.HashSet;
import java.util.Set;

/** The run that this trainer has under way, and the experiments that people have cancelled, so that the two meet. Safe for use by several threads. */
final class OpenRuns {
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
    }

    synchronized void cancel(String experimentId) {
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
