package org.rtda.service;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.Map;
import org.rtda.messaging.BrokerUnavailableException;
import org.rtda.messaging.BrokerWatch;
import org.rtda.messaging.TopicAdmin;

/** What a service needs of the broker before it takes or publishes anything. */
@Singleton
public class BrokerStart {
    private final Map<String, Object> kafka;
    private final BrokerConfig config;
    private final BrokerWatch watch;

    BrokerStart(@Identifier("default-kafka-broker") Map<String, Object> kafka, BrokerConfig config, BrokerWatch watch) {
        this.kafka = kafka;
        this.config = config;
        this.watch = watch;
    }

    /**
     * Waits for the broker, creates the topics that it lacks, and begins to watch whether it answers.
     *
     * @throws BrokerUnavailableException when the broker does not answer within {@code rtda.broker-patience}
     */
    public void await() {
        TopicAdmin.ensure(kafka, config.brokerPatience());
        watch.begin();
    }
}
