package org.rtda.gateway.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;

/** How much callers may ask for. A caller is the holder of a token or a person; while sign-in is off all callers are one. */
@ConfigMapping(prefix = "rtda")
public interface LimitsConfig {
    Limits limits();

    /** Bounds of requests; one beyond them gets status 429. */
    interface Limits {
        /** Uploads at once, of all callers together. */
        @WithDefault("4")
        int uploads();

        /** Uploads at once, of one caller. */
        @WithDefault("2")
        int uploadsOfOne();

        /** Bytes that all uploads at once may take of the disk while they are read; at least as many as the largest upload may have. */
        @WithDefault("4294967296")
        long uploadSpaceBytes();

        /** Downloads of models and weights at once, of all callers together. */
        @WithDefault("16")
        int downloads();

        /** Downloads of models and weights at once, of one caller. */
        @WithDefault("4")
        int downloadsOfOne();

        /** Downloads of models and weights that one caller may begin in a minute. */
        @WithDefault("240")
        int downloadsPerMinute();

        /** Event streams at once, of one caller; those of all callers together are bounded by rtda.gateway.max-streams. Without a bound while sign-in is off. */
        @WithDefault("64")
        int streamsOfOne();

        /** Requests that may change something which one caller may send in a minute; without a bound while sign-in is off. */
        @WithDefault("600")
        int commandsPerMinute();

        /** How long any body may take, however slowly it comes, and how long an answer may wait for its reader, however slowly it is read. */
        @WithDefault("PT60S")
        Duration slowSenderGrace();

        /** Bytes a second that a body must come with, and an answer be read with, on average after that time; a slower sender gets status 408. */
        @WithDefault("16384")
        int leastBytesPerSecond();
    }

    /** @throws InvalidFieldException naming the key whose value is not allowed */
    static void check(LimitsConfig config) {
        Limits limits = config.limits();
        Check.inRange("rtda.limits.uploads", limits.uploads(), 1, 1000);
        Check.inRange("rtda.limits.uploads-of-one", limits.uploadsOfOne(), 1, 1000);
        Check.atLeast("rtda.limits.upload-space-bytes", limits.uploadSpaceBytes(), 1);
        Check.inRange("rtda.limits.downloads", limits.downloads(), 1, 10_000);
        Check.inRange("rtda.limits.downloads-of-one", limits.downloadsOfOne(), 1, 10_000);
        Check.inRange("rtda.limits.downloads-per-minute", limits.downloadsPerMinute(), 1, 1_000_000);
        Check.inRange("rtda.limits.streams-of-one", limits.streamsOfOne(), 1, 10_000);
        Check.inRange("rtda.limits.commands-per-minute", limits.commandsPerMinute(), 1, 1_000_000);
        Check.inRange("rtda.limits.least-bytes-per-second", limits.leastBytesPerSecond(), 1, 1 << 30);
        if (limits.slowSenderGrace().isNegative() || limits.slowSenderGrace().isZero()) {
            throw new InvalidFieldException(
                    "rtda.limits.slow-sender-grace", limits.slowSenderGrace(), "more than PT0S");
        }
    }
}
