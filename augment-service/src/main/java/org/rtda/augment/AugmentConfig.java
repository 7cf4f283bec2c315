package org.rtda.augment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalLong;
import org.rtda.contracts.check.Check;

@ConfigMapping(prefix = "rtda")
public interface AugmentConfig {
    /** Names this process in answers and logs. */
    String instance();

    /** Bytes of image blocks kept in memory; a share of the heap when absent ({@link org.rtda.store.DatasetReader}). */
    OptionalLong blockCacheBytes();

    /** Batches up to this many bytes ride in their message, larger ones go to the store. */
    @WithDefault("524288")
    int inlineLimitBytes();

    /**
     * The service counts as dead when a request is under way and nothing has moved for so long: longer than the store's patience with one
     * call, and than making the images of one request.
     */
    @WithDefault("PT15M")
    Duration stallLimit();

    /** How long a request that is worked on when the service is stopped may go on; then it is left to others. */
    @WithDefault("PT5S")
    Duration stopGrace();

    /** @throws org.rtda.contracts.check.InvalidFieldException naming the key whose value is not allowed; the store checks its own */
    static void check(AugmentConfig config) {
        Check.notBlank("rtda.instance", config.instance());
        config.blockCacheBytes().ifPresent(bytes -> Check.atLeast("rtda.block-cache-bytes", bytes, 1));
        Check.inRange("rtda.inline-limit-bytes", config.inlineLimitBytes(), 0, 716_800);
    }
}
