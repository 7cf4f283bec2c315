package org.rtda.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;

@ConfigMapping(prefix = "rtda")
public interface TrainerConfig {
    /** Names this process: in its status, and where workers send their answers. Must be unique. */
    @NotBlank
    String instance();

    /** Where networks are trained: auto (a GPU when there is one), cpu or gpu. */
    @WithDefault("auto")
    @Pattern(regexp = "auto|cpu|gpu")
    String device();

    /** After how long a request without an answer is sent again. */
    @WithDefault("PT60S")
    Duration answerTimeout();

    /** After how long without an answer the experiment fails. */
    @WithDefault("PT30M")
    Duration answerPatience();

    /** Bytes of image blocks kept in memory. */
    @WithDefault("134217728")
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
