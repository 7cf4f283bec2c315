package org.rtda.attack;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;

@ConfigMapping(prefix = "rtda")
public interface AttackConfig {
    /** Names this process in answers and logs. */
    @NotBlank
    String instance();

    /** Bytes of image blocks kept in memory. */
    @WithDefault("67108864")
    @Min(1)
    long blockCacheBytes();

    /** Batches up to this many bytes ride in their message, larger ones go to the store. */
    @WithDefault("524288")
    @Min(0)
    @Max(716800)
    int inlineLimitBytes();

    /** Where attacks are computed: auto (a GPU when there is one), cpu or gpu. */
    @WithDefault("auto")
    @Pattern(regexp = "auto|cpu|gpu")
    String device();

    /** Networks kept in memory; several experiments and evaluations may take turns. */
    @WithDefault("4")
    @Min(1)
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
    @DecimalMin("0")
    double simulatedDeviceMillisPerImage();

    Store store();

    interface Store {
        /** For example http://127.0.0.1:9000. */
        @NotBlank
        String endpoint();

        @WithDefault("rtda")
        String bucket();

        @WithDefault("us-east-1")
        String region();

        @NotBlank
        String accessKey();

        @NotBlank
        String secretKey();

        /** How long a call is tried again while the store is out of reach. */
        @WithDefault("PT5M")
        Duration patience();
    }
}
