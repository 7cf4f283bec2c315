package org.rtda.evaluator.lifecycle;

import org.rtda.contracts.EvaluationTask;

/** A task is given up while it is measured: it was cancelled or answered meanwhile. */
final class UnwantedTaskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnwantedTaskException(EvaluationTask task) {
        super(task.id() + " was cancelled or answered meanwhile");
    }
}
