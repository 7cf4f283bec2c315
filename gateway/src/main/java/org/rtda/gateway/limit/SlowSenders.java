package org.rtda.gateway.limit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Ends requests whose bodies come so slowly that they only hold a connection and a place. Safe for use by several threads.
 */
final class SlowSenders {
    private static final Logger LOG = Logger.getLogger(SlowSenders.class);

    private final Pace pace;
    private final LongSupplier nanoTime;
    private final Map<Body, Long> beginnings = new ConcurrentHashMap<>();

    /** The body of a request that has begun. */
    interface Body {
        boolean isWhole();

        long bytesRead();

        /** Answers and closes the connection. */
        void refuse(String detail);
    }

    SlowSenders(Pace pace, LongSupplier nanoTime) {
        this.pace = pace;
        this.nanoTime = nanoTime;
    }

    void began(Body body) {
        beginnings.put(body, nanoTime.getAsLong());
    }

    void ended(Body body) {
        beginnings.remove(body);
    }

    /** To be called every second or so. */
    void look() {
        long now = nanoTime.getAsLong();
        beginnings.forEach((body, begun) -> {
            if (body.isWhole()) {
                ended(body);
            } else if (pace.isTooSlow(body.bytesRead(), Duration.ofNanos(now - begun))) {
                ended(body);
                String detail = "the body came too slowly: " + body.bytesRead() + " bytes in "
                        + Duration.ofNanos(now - begun).toSeconds() + " s; after "
                        + pace.grace().toSeconds()
                        + " s it must come with " + pace.leastBytesPerSecond()
                        + " bytes a second (rtda.limits.least-bytes-per-second)";
                LOG.info(detail);
                body.refuse(detail);
            }
        });
    }
}
