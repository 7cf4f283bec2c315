package org.rtda.augment;

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
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rtda.messaging.BrokerWatch;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.TopicAdmin;
import org.rtda.store.ArtifactStore;
import org.rtda.store.CleanViews;
import org.rtda.store.DatasetReader;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;
import org.rtda.store.Payloads;
import org.rtda.store.RetryingArtifactStore;

@ApplicationScoped
class AugmentWiring {

    /** First of all, so that a wrong setting is told before anything else fails because of it. */
    void check(@Observes @Priority(0) StartupEvent event, AugmentConfig config) {
        AugmentConfig.check(config);
    }

    /** Before the channels connect, so that they find their topics. */
    void createTopics(
            @Observes @Priority(1) StartupEvent event,
            @ConfigProperty(name = "kafka.bootstrap.servers") String brokers,
            BrokerWatch broker) {
        TopicAdmin.ensure(brokers, Duration.ofSeconds(60));
        broker.begin();
    }

    @Produces
    @Singleton
    ArtifactStore store(AugmentConfig config) {
        AugmentConfig.Store store = config.store();
        return new RetryingArtifactStore(
                new MinioArtifactStore(new MinioSettings(
                        store.endpoint(), store.bucket(), store.accessKey(), store.secretKey(), store.region())),
                store.patience());
    }

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
    Publisher publisher(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        return new Publisher(kafka);
    }

    void close(@Disposes Publisher publisher) {
        publisher.close();
    }

    @Produces
    @Singleton
    Payloads payloads(ArtifactStore store, AugmentConfig config) {
        return new Payloads(store, config.inlineLimitBytes());
    }

    @Produces
    @Singleton
    AugmentImages augmentImages(ArtifactStore store, AugmentConfig config) {
        return new AugmentImages(new CleanViews(new DatasetReader(store, config.blockCacheBytes())));
    }
}
