package org.rtda.evaluator.condition;

import org.rtda.evaluator.context.EvaluationContext;

/** How one kind of condition is measured. Stateless; safe for use by several threads. */
interface ConditionKind {
    /**
     * Holds a few batches of images at a time, never a split.
     *
     * @throws ConditionFailedException when the condition cannot be measured
     */
    ConditionResult measure(EvaluationContext judging) throws InterruptedException;
}
