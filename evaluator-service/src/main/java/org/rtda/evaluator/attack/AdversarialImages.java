package org.rtda.evaluator.attack;

import org.rtda.contracts.AttackRequest;
import org.rtda.core.ImageBatch;
import org.rtda.evaluator.context.EvaluationLane;

/** The port through which evaluations request adversarial images. */
public interface AdversarialImages {
    /**
     * Asks and does not wait.
     *
     * @param shape {N, C, H, W} of the images that are wanted
     */
    Asked ask(EvaluationLane lane, AttackRequest request, long[] shape);

    /**
     * @param images one for each index of the request, in its order
     * @param zeroGradients images whose first gradient was zero in every pixel; null where the attacker did not look
     */
    record Answer(ImageBatch images, Integer zeroGradients) {}

    /** A request under way; close it when its images are no longer wanted. */
    interface Asked extends AutoCloseable {
        /**
         * Waits for what the attacker sent, of which only the shape is checked.
         *
         * @throws ConditionFailedException when the attacker refuses, sends images of another shape, or does not answer within the
         *     longest wait that is set
         * @throws LostBaseException when the images that the request starts from are gone; it is worth another request
         */
        Answer await() throws InterruptedException;

        @Override
        void close();
    }
}
