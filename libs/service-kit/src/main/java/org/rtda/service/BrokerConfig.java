package org.rtda.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The broker; its address is {@code kafka.bootstrap.servers}, and every other key {@code kafka.*} is a setting of all of Kafka's clients. */
@ConfigMapping(prefix = "rtda")
public interface BrokerConfig {
    /** How long the broker may take to answer at start before the service gives up. */
    @WithDefault("PT60S")
    Duration brokerPatience();
}
