package org.rtda.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.rtda.store.MinioSettings;

/** The object store; {@link MinioSettings} says which values are allowed. */
@ConfigMapping(prefix = "rtda.store")
public interface StoreConfig extends MinioSettings.Configured {
    /** For example http://127.0.0.1:9000. */
    @Override
    String endpoint();

    @Override
    @WithDefault("rtda")
    String bucket();

    @Override
    @WithDefault("us-east-1")
    String region();

    /** How long a service that starts waits for the store; it ends with the reason before a startup probe of five minutes does. */
    @WithDefault("PT2M")
    Duration startPatience();

    /** How long a call is tried again while the store is out of reach. */
    @WithDefault("PT5M")
    Duration patience();
}
