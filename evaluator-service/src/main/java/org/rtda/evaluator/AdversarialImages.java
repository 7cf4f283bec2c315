package org.rtda.evaluator;

import org.rtda.contracts.AttackRequest;
import org.rtda.core.ImageBatch;

/** Where adversarial images come from. */
interface AdversarialImages {
    /** Asks and does not wait. */
    Asked ask(AttackRequest request);

    /** A request under way; close it when its images are no longer wanted. */
    interface Asked extends AutoCloseable {
        /**
         * Waits for the images as the attacker sent them, unchecked.
         *
         * @throws ConditionFailedException when the attacker refuses or stays silent
         */
        ImageBatch await() throws InterruptedException;

        @Override
        void close();
    }
}
