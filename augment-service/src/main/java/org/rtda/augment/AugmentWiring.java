package org.rtda.augment;

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
            @ConfigProperty(name = "kafka.bootstrap.servers") String brokers) {
        TopicAdmin.ensure(brokers, Duration.ofSeconds(60));
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
