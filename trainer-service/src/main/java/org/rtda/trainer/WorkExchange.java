package org.rtda.trainer;

import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchAnswer;

/** Where batches are asked for and their answers come back. Requests may be made on any thread; an answer is awaited by one. */
public interface WorkExchange {

    void request(AugmentRequest request);

    void request(AttackRequest request);

    /**
     * Waits for the answer to a request made before; an answer is given out once.
     *
     * @throws BrokenObjectException when an object that the request names is missing or altered; the request may be made again
     * @throws TrainingFailedException when the request cannot be answered, or nobody answers for too long
     * @throws TrainingStoppedException when {@code control} says so
     */
    BatchAnswer.Ready await(String requestId, RunControl control);

    /** Whether a batch has come in answer to a request made before and not awaited yet: {@link #await} returns it at once then. */
    boolean isReady(String requestId);

    /** Forgets all requests not awaited yet. */
    void forgetAll();
}
