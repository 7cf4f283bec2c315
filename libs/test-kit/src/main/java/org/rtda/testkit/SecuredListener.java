package org.rtda.testkit;

import java.nio.file.Path;
import java.util.Map;

/**
 * A broker's listener with TLS and SCRAM-SHA-512.
 *
 * @param bootstrapServers HOST:PORT
 * @param trusted PEM file with the certificate that clients must trust
 */
public record SecuredListener(String bootstrapServers, Path trusted) {

    /** What a client of this user needs, in Kafka's own words. */
    public Map<String, Object> settings(String user, String password) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                        + password + "\";",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                trusted.toString());
    }
}
