package org.rtda.service;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.rtda.messaging.BrokerWatch;
import org.rtda.messaging.PublishWatch;
import org.rtda.messaging.Publisher;

/** The service's one producer, and its watches over the broker and over what it publishes; closed when the service ends. */
@ApplicationScoped
class BrokerWiring {

    @Produces
    @Singleton
    BrokerWatch brokerWatch(@Identifier("default-kafka-broker") Map<String, Object> kafka, MeterRegistry meters) {
        BrokerWatch broker = BrokerWatch.of(kafka);
        Gauge.builder("rtda.broker.away", broker, watch -> watch.awayFor().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("how long the broker has not answered")
                .register(meters);
        return broker;
    }

    void close(@Disposes BrokerWatch broker) {
        broker.close();
    }

    @Produces
    @Singleton
    Publisher publisher(@Identifier("default-kafka-broker") Map<String, Object> kafka, MeterRegistry meters) {
        Publisher publisher = new Publisher(kafka);
        FunctionCounter.builder("rtda.dead.letters.refused", publisher, Publisher::lettersRefused)
                .description("dead letters that the broker refused, whatever their length; they are in the log alone")
                .register(meters);
        Gauge.builder("rtda.records.held", publisher, Publisher::recordsHeld)
                .description(
                        "dead letters and other records that the broker refuses, each of which is sent again until it is taken")
                .register(meters);
        return publisher;
    }

    void close(@Disposes Publisher publisher) {
        publisher.close();
    }

    @Produces
    @Singleton
    PublishWatch publishWatch(
            Publisher publisher,
            BrokerWatch broker,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry meters) {
        PublishWatch records = PublishWatch.over(publisher, broker, kafka);
        Gauge.builder("rtda.records.waiting", records, watch -> watch.longest().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("how long the broker has not taken a record although it answers; 0 below half a minute")
                .register(meters);
        return records;
    }

    void close(@Disposes PublishWatch records) {
        records.close();
    }

    /** From the start on: what nobody asks for is not made. */
    void watch(@Observes @Priority(2) StartupEvent started, PublishWatch records) {
        records.longest();
    }
}
