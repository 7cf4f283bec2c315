package org.rtda.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to be set up, by whom. The broker and its administrator are named by the keys {@code kafka.*}; the accounts' passwords are the
 * keys {@code rtda.access.password.ACCOUNT}.
 */
@ConfigMapping(prefix = "rtda")
public interface AccessConfig {
    Access access();

    Store store();

    /** What is to be done. */
    interface Access {
        /** Topics, users and access rules of the broker. */
        @WithDefault("true")
        boolean broker();

        /** Accounts and policies of the store, which must be a MinIO. */
        @WithDefault("true")
        boolean store();

        /** How long the broker, and then the store, may take to answer. */
        @WithDefault("PT2M")
        Duration patience();
    }

    /** The store and its administrator; needed with {@code rtda.access.store} alone. */
    interface Store {
        Optional<String> endpoint();

        @WithDefault("rtda")
        String bucket();

        @WithDefault("us-east-1")
        String region();

        Optional<String> accessKey();

        Optional<String> secretKey();

        /** PEM file with the certificates that the store's is signed by; the system's where it is absent. */
        Optional<String> trustedCertificates();
    }
}
