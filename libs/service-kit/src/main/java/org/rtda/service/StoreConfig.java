package org.rtda.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.rtda.store.MinioSettings;

/** The object store; {@link MinioSettings} says which values are allowed. */
@ConfigMapping(prefix = "rtda.store")
public interface StoreConfig {
    /** For example http://127.0.0.1:9000. */
    String endpoint();

    @WithDefault("rtda")
    String bucket();

    @WithDefault("us-east-1")
    String region();

    String accessKey();

    String secretKey();

    /** How long a call is tried again while the store is out of reach, the first one of a service included. */
    @WithDefault("PT5M")
    Duration patience();
}
