package org.rtda.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import org.rtda.store.ArtifactStore;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;
import org.rtda.store.RetryingArtifactStore;
import org.rtda.store.StoreWatch;

/** The service's one connection to the store, closed when the service ends. */
@ApplicationScoped
class StoreWiring {

    /** Not an {@link ArtifactStore} to whoever injects one: all calls are to be tried again. */
    @Produces
    @Singleton
    @Typed(MinioArtifactStore.class)
    MinioArtifactStore bucket(StoreConfig store) {
        return MinioArtifactStore.await(MinioSettings.of(store), store.startPatience());
    }

    void close(@Disposes MinioArtifactStore bucket) {
        bucket.close();
    }

    @Produces
    @Singleton
    StoreWatch storeWatch(MinioArtifactStore bucket, MeterRegistry meters) {
        StoreWatch store = new StoreWatch(bucket);
        Gauge.builder("rtda.store.away", store, watch -> watch.awayFor().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("how long the store has not answered")
                .register(meters);
        return store;
    }

    void close(@Disposes StoreWatch store) {
        store.close();
    }

    /** When the service has entered the store, which it waits for. */
    void watch(@Observes @Priority(2) StartupEvent started, StoreWatch store) {
        store.begin();
    }

    @Produces
    @Singleton
    ArtifactStore store(MinioArtifactStore bucket, StoreConfig store) {
        return new RetryingArtifactStore(bucket, store.patience());
    }

    /** Of a worker's own work, which injects it by its class; what is done beside the work goes past the progress. */
    @Produces
    @Singleton
    @Typed(ProgressStore.class)
    ProgressStore progressStore(ArtifactStore store, WorkProgress progress) {
        return new ProgressStore(store, progress);
    }
}
