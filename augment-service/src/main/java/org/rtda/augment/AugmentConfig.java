package org.rtda.augment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;

@ConfigMapping(prefix = "rtda")
public interface AugmentConfig {
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
