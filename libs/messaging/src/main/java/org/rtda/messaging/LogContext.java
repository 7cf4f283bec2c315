package org.rtda.messaging;

import org.jboss.logging.MDC;
import org.rtda.contracts.BatchRequest;

/**
 * What the calling thread works on, as fields of every line that it logs. To be cleared where the work ends, since threads
 * are used again.
 */
public final class LogContext {
    public static final String EXPERIMENT = "experiment";
    public static final String ATTEMPT = "attempt";
    /** Counted from 1, as in {@code training-metrics}; of an evaluation request the batch within its task. */
    public static final String STEP = "step";
    /** The id of an evaluation's task. */
    public static final String TASK = "task";

    private LogContext() {}

    public static void experiment(String experimentId, long attempt) {
        MDC.put(EXPERIMENT, experimentId);
        MDC.put(ATTEMPT, Long.toString(attempt));
    }

    /** @param done steps taken before this one */
    public static void step(long done) {
        MDC.put(STEP, Long.toString(done + 1));
    }

    public static void request(BatchRequest request) {
        experiment(request.experimentId(), request.attempt());
        step(request.step());
    }

    public static void task(String experimentId, String taskId) {
        MDC.put(EXPERIMENT, experimentId);
        MDC.put(TASK, taskId);
    }

    public static void clear() {
        MDC.remove(EXPERIMENT);
        MDC.remove(ATTEMPT);
        MDC.remove(STEP);
        MDC.remove(TASK);
    }
}
