package org.rtda.attack;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalLong;
import org.rtda.contracts.check.Check;

@ConfigMapping(prefix = "rtda")
public interface AttackConfig {
    /** Names this process in answers and logs. */
    String instance();

    /** Bytes of image blocks kept in memory; a share of the heap when absent ({@link org.rtda.store.DatasetReader}). */
    OptionalLong blockCacheBytes();

    /** Batches up to this many bytes ride in their message, larger ones go to the store. */
    @WithDefault("524288")
    int inlineLimitBytes();

    /** Where attacks are computed: auto (a GPU when there is one), cpu or gpu. */
    @WithDefault("auto")
    String device();

    /** Networks kept in memory; several experiments and evaluations may take turns. */
    @WithDefault("4")
    int networkCache();

    /**
     * The service counts as dead when a request is under way and nothing has moved for so long: longer than the store's
     * patience, and than one pass of a request's images through a network.
     */
    @WithDefault("PT15M")
    Duration stallLimit();

    /**
     * For measurements only: answers are held back until a device that takes so many milliseconds an image would have them.
     * 0, the default, holds nothing back.
     */
    @WithDefault("0")
    double simulatedDeviceMillisPerImage();

    /** How long a request that is worked on when the service is stopped may go on; then it is left to others. */
    @WithDefault("PT5S")
    Duration stopGrace();

    /** @throws org.rtda.contracts.check.InvalidFieldException naming the key whose value is not allowed; the store and the device check theirs */
    static void check(AttackConfig config) {
        Check.notBlank("rtda.instance", config.instance());
        config.blockCacheBytes().ifPresent(bytes -> Check.atLeast("rtda.block-cache-bytes", bytes, 1));
        Check.inRange("rtda.inline-limit-bytes", config.inlineLimitBytes(), 0, 716_800);
        Check.atLeast("rtda.network-cache", config.networkCache(), 1);
        Check.inRange("rtda.simulated-device-millis-per-image", config.simulatedDeviceMillisPerImage(), 0, 1e6);
    }
}
