package org.rtda.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.InvalidFieldException;

/**
 * A worker's answer; topic {@link Topic#AUGMENTED_BATCHES} or {@link Topic#ADVERSARIAL_BATCHES}. Its id is the request's,
 * so a second answer to the same request is recognised and dropped.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BatchAnswer.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = BatchAnswer.Failed.class, name = "failed")
})
public sealed interface BatchAnswer extends Event {
    /** What every answer says. */
    private static void check(
            String id, Instant time, int schemaVersion, String experimentId, String replyTo, String worker) {
        Check.event(id, time, schemaVersion, experimentId);
        Check.present("replyTo", replyTo);
        Check.present("worker", worker);
    }

    String replyTo();

    long attempt();

    /** The worker's instance name. */
    String worker();

    /**
     * The batch.
     *
     * @param images N x C x H x W in [0,1], in the order of the request's indices; where it is an object, that of this request
     *     ({@link ObjectKeys#payload}) and no other
     * @param computeMillis the worker's own time for it, queueing excluded
     * @param gradientEvaluations forward-backward passes per image; 0 for augmentation
     * @param zeroGradients images whose first gradient was zero in every pixel, a sign that it is hidden; null where
     *     nobody looked
     */
    record Ready(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            String replyTo,
            long attempt,
            String worker,
            Payload images,
            double computeMillis,
            int gradientEvaluations,
            Integer zeroGradients)
            implements BatchAnswer {
        public Ready {
            check(id, time, schemaVersion, experimentId, replyTo, worker);
            Check.present("images", images);
            if (images.object() != null) {
                String own = ObjectKeys.payload(id);
                if (!images.object().key().equals(own)) {
                    throw new InvalidFieldException(
                            "images.object.key", images.object().key(), own + ", the object of this request");
                }
            }
            if (zeroGradients != null) {
                Check.inRange("zeroGradients", zeroGradients, 0, Integer.MAX_VALUE);
            }
        }

        /** To a request, by the worker of this name. */
        public static Ready to(
                BatchRequest request,
                Instant time,
                String worker,
                Payload images,
                double computeMillis,
                int gradientEvaluations,
                Integer zeroGradients) {
            return new Ready(
                    request.id(),
                    time,
                    Event.SCHEMA_VERSION,
                    request.experimentId(),
                    request.replyTo(),
                    request.attempt(),
                    worker,
                    images,
                    computeMillis,
                    gradientEvaluations,
                    zeroGradients);
        }
    }

    /**
     * The request can never be answered as it is (an object is missing or altered, a parameter does not fit); final.
     *
     * @param object key of the object that is missing or altered, so that whoever wrote it can write it again and ask once more;
     *     null where something else is wrong
     */
    record Failed(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            String replyTo,
            long attempt,
            String worker,
            String reason,
            String object)
            implements BatchAnswer {
        public Failed {
            check(id, time, schemaVersion, experimentId, replyTo, worker);
            Check.present("reason", reason);
        }

        /** To a request, by the worker of this name. */
        public static Failed to(BatchRequest request, Instant time, String worker, String reason, String object) {
            return new Failed(
                    request.id(),
                    time,
                    Event.SCHEMA_VERSION,
                    request.experimentId(),
                    request.replyTo(),
                    request.attempt(),
                    worker,
                    reason,
                    object);
        }
    }
}
