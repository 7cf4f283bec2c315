package org.rtda.augment;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.rtda.service.BrokerStart;
import org.rtda.store.ArtifactStore;
import org.rtda.store.CleanViews;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;

@ApplicationScoped
class AugmentWiring {

    /** First of all, so that a wrong setting is told before anything else fails because of it. */
    void check(@Observes @Priority(0) StartupEvent event, AugmentConfig config) {
        AugmentConfig.check(config);
    }

    /** Before the worker takes anything. */
    void prepare(@Observes @Priority(1) StartupEvent event, BrokerStart broker) {
        broker.await();
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
