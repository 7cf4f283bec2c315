package org.rtda.contracts;

import java.time.Instant;
import org.rtda.contracts.check.Check;

/** What is checked of every {@link BatchRequest}. */
final class RequestCheck {
    private RequestCheck() {}

    /**
     * A worker reads the images of the request's data set, and writes its answer under the request's id. A request that was not made by
     * a trainer or an evaluator must not lead it to anything else.
     *
     * @throws org.rtda.contracts.check.InvalidFieldException when a field is absent, or names an object that the request may not name
     */
    static void check(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            String replyTo,
            String view,
            ImageSource images) {
        Check.event(id, time, schemaVersion, experimentId);
        ObjectKeys.requireBelow("id", id, experimentId + "/");
        Check.present("replyTo", replyTo);
        Check.present("view", view);
        Check.present("images", images);
        ObjectKeys.requireManifest("images.dataset", images.dataset());
    }
}
