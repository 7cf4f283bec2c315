package org.rtda.contracts;

import org.rtda.contracts.check.Event;

/** The fields that augment and attack requests have in common. */
public sealed interface BatchRequest extends Event permits AugmentRequest, AttackRequest {
    /** Whose request it is, so that the answer finds its way: a trainer's or an evaluator's instance name. */
    String replyTo();

    long attempt();

    /** The optimiser step, or the number of the batch within an evaluation task. */
    long step();

    /** Which view of the step, for example {@code augmix-1} or {@code adversarial}. */
    String view();

    /** This part of the batch, from 0. */
    int shard();

    ImageSource images();

    /** Where its answer comes: one that comes elsewhere is from somebody who may not answer it. */
    Topic answersOn();

    /** The text of a {@link BatchRequestId}. */
    static String idOf(String owner, long attempt, long step, String view, int shard) {
        return new BatchRequestId(owner, attempt, step, view, shard).text();
    }
}
