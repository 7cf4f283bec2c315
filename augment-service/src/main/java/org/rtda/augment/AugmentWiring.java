package org.rtda.augment;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.rtda.service.BrokerStart;
import org.rtda.service.ProgressLiveness;
import org.rtda.service.ProgressStore;
import org.rtda.service.StoreConfig;
import org.rtda.service.WorkProgress;
import org.rtda.store.CleanViews;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;

@ApplicationScoped
class AugmentWiring {

    /** First of all, so that a wrong setting is told before anything else fails because of it. */
    void check(@Observes @Priority(0) StartupEvent event, AugmentConfig config, StoreConfig store) {
        AugmentConfig.check(config);
        ProgressLiveness.checkLimit("rtda.stall-limit", config.stallLimit(), store);
    }

    /** Before the worker takes anything. */
    void prepare(@Observes @Priority(1) StartupEvent event, BrokerStart broker) {
        broker.await();
    }

    @Produces
    @Liveness
    @Singleton
    HealthCheck requestsMove(WorkProgress progress, AugmentConfig config) {
        return new ProgressLiveness("augment requests move", progress, config.stallLimit());
    }

    @Produces
    @Singleton
    Payloads payloads(ProgressStore store, AugmentConfig config) {
        return new Payloads(store, config.inlineLimitBytes());
    }

    @Produces
    @Singleton
    AugmentImages augmentImages(ProgressStore store, AugmentConfig config) {
        return new AugmentImages(new CleanViews(new DatasetReader(store, config.blockCacheBytes())));
    }
}
