package org.rtda.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
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

    /** PEM file with the certificates that the store's is signed by, and no other is trusted; those that the JVM trusts where it is absent. */
    Optional<String> trustedCertificates();

    /** How long a service that starts waits for the store; it ends with the reason before a startup probe of five minutes does. */
    @WithDefault("PT2M")
    Duration startPatience();

    /** How long a call is tried again while the store is out of reach. */
    @WithDefault("PT5M")
    Duration patience();
}
