package org.rtda.evaluator;

/** How one kind of condition is measured. Stateless; safe for use by several threads. */
interface ConditionKind {
    /**
     * Holds a few batches of images at a time, never a split.
     *
     * @throws ConditionFailedException when the condition cannot be measured
     */
    ConditionResult measure(Judging judging) throws InterruptedException;
}
