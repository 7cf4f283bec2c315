package org.rtda.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.rtda.store.ArtifactStore;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;
import org.rtda.store.RetryingArtifactStore;

/** The service's one connection to the store, closed when the service ends. */
@ApplicationScoped
class StoreWiring {

    /** Not an {@link ArtifactStore} to whoever injects one: all calls are to be tried again. */
    @Produces
    @Singleton
    @Typed(MinioArtifactStore.class)
    MinioArtifactStore bucket(StoreConfig store) {
        return MinioArtifactStore.await(
                new MinioSettings(
                        store.endpoint(),
                        store.bucket(),
                        store.accessKey(),
                        store.secretKey(),
                        store.region(),
                        store.trustedCertificates().map(Path::of).orElse(null)),
                store.startPatience());
    }

    void close(@Disposes MinioArtifactStore bucket) {
        bucket.close();
    }

    @Produces
    @Singleton
    ArtifactStore store(MinioArtifactStore bucket, StoreConfig store) {
        return new RetryingArtifactStore(bucket, store.patience());
    }
}
