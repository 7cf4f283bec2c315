package org.rtda.contracts;

import java.time.Instant;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.settings.AugMixSettings;

/**
 * Make AugMix views; topic {@link Topic#AUGMENT_REQUESTS}. Image i of the batch is mixed with the seed
 * {@code Seed(seed).forStep(view, step, indices[i])}.
 */
public record AugmentRequest(
        String id,
        Instant time,
        int schemaVersion,
        String experimentId,
        String replyTo,
        long attempt,
        long step,
        String view,
        int shard,
        ImageSource images,
        AugMixSettings augmix,
        long seed)
        implements BatchRequest {
    public AugmentRequest {
        RequestCheck.check(id, time, schemaVersion, experimentId, replyTo, view, images);
        Check.present("augmix", augmix);
    }

    @Override
    public Topic answersOn() {
        return Topic.AUGMENTED_BATCHES;
    }
}
