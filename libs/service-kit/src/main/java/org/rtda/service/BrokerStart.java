package org.rtda.service;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rtda.messaging.BrokerUnavailableException;
import org.rtda.messaging.BrokerWatch;
import org.rtda.messaging.TopicAdmin;

/** What a service needs of the broker before it takes or publishes anything. */
@Singleton
public class BrokerStart {
    private final String brokers;
    private final BrokerConfig config;
    private final BrokerWatch watch;

    BrokerStart(
            @ConfigProperty(name = "kafka.bootstrap.servers") String brokers, BrokerConfig config, BrokerWatch watch) {
        this.brokers = brokers;
        this.config = config;
        this.watch = watch;
    }

    /**
     * Waits for the broker, creates the topics that it lacks, and begins to watch whether it answers.
     *
     * @throws BrokerUnavailableException when the broker does not answer within {@code rtda.broker-patience}
     */
    public void await() {
        TopicAdmin.ensure(brokers, config.brokerPatience());
        watch.begin();
    }
}
