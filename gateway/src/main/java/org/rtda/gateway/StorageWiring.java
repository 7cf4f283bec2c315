package org.rtda.gateway;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rtda.contracts.Topic;
import org.rtda.gateway.command.CommandSender;
import org.rtda.gateway.command.DeleteExperiment;
import org.rtda.gateway.command.UploadedWeights;
import org.rtda.gateway.command.WeightsLimit;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.dataset.ArchiveImports;
import org.rtda.gateway.dataset.ArchiveLimits;
import org.rtda.gateway.dataset.DatasetRemoval;
import org.rtda.gateway.dataset.ImageRetention;
import org.rtda.gateway.dataset.ImportKeys;
import org.rtda.gateway.projection.LastRecords;
import org.rtda.gateway.projection.TopicIds;
import org.rtda.gateway.projection.ViewCatchUp;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;
import org.rtda.store.StoreWatch;

/** Builds from the configuration the classes that read and write objects: data sets, uploads, and their removal. */
@ApplicationScoped
class StorageWiring {
    /** What makes a data set or an experiment needed; whatever ends that need may be known later. */
    private static final List<Topic> COMMANDS =
            List.of(Topic.EXPERIMENTS, Topic.EVALUATION_COMMANDS, Topic.CHECKPOINTS);

    private static final long MANIFEST_CACHE_BYTES = 16L << 20;

    static ImportKeys importKeys(GatewayConfig config) {
        return ImportKeys.of(config.patientKey().map(Path::of));
    }

    @Produces
    @Singleton
    ArtifactStore store(GatewayConfig config) {
        return MinioArtifactStore.await(
                MinioSettings.of(config.store()), config.gateway().startTimeout());
    }

    void close(@Disposes ArtifactStore store) throws Exception {
        if (store instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    @Produces
    @Singleton
    StoreWatch storeWatch(ArtifactStore store) {
        return new StoreWatch(store);
    }

    void close(@Disposes StoreWatch store) {
        store.close();
    }

    @Produces
    @Singleton
    Datasets datasets(ArtifactStore store) {
        return new Datasets(store);
    }

    @Produces
    @Singleton
    DatasetRemoval datasetRemoval(
            Datasets datasets,
            ExperimentViews views,
            ViewCatchUp catchUp,
            Admin admin,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            GatewayConfig config) {
        return new DatasetRemoval(
                datasets, commandsAreKnown(catchUp, admin, kafka, config), name -> views.onDataset(name).stream()
                        .map(DatasetRemoval.Use::of)
                        .toList());
    }

    @Produces
    @Singleton
    ImageRetention imageRetention(ArtifactStore store, ExperimentViews views, GatewayConfig config) {
        return new ImageRetention(
                store,
                views::endsOfEvaluations,
                config.retention().predictions(),
                config.retention().galleries(),
                InstantSource.system());
    }

    void close(@Disposes ImageRetention retention) {
        retention.close();
    }

    /** Whether the read model has every command that anybody has sent. */
    private static BooleanSupplier commandsAreKnown(
            ViewCatchUp catchUp, Admin admin, Map<String, Object> kafka, GatewayConfig config) {
        return () -> catchUp.has(
                LastRecords.of(kafka, COMMANDS, config.gateway().startTimeout()), TopicIds.of(admin, COMMANDS));
    }

    @Produces
    @Singleton
    DeleteExperiment deleteExperiment(
            ExperimentViews views,
            ArtifactStore store,
            ViewCatchUp catchUp,
            Admin admin,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            CommandSender sender,
            GatewayConfig config) {
        return new DeleteExperiment(
                views, store, commandsAreKnown(catchUp, admin, kafka, config), sender, Clock.systemUTC());
    }

    @Produces
    @Singleton
    DatasetReader datasetReader(ArtifactStore store) {
        return new DatasetReader(store, MANIFEST_CACHE_BYTES);
    }

    @Produces
    @Singleton
    DatasetImporter datasetImporter(ArtifactStore store) {
        return new DatasetImporter(store);
    }

    @Produces
    @Singleton
    ArchiveImports archiveImports(
            GatewayConfig config, @ConfigProperty(name = "quarkus.application.version") String version) {
        return new ArchiveImports(
                new ArchiveLimits(
                        config.gateway().maxArchiveBytes(),
                        config.gateway().maxUploadBytes(),
                        config.gateway().maxArchiveTime(),
                        Runtime.getRuntime().maxMemory()),
                importKeys(config),
                "rtda " + version);
    }

    @Produces
    @Singleton
    WeightsLimit weightsLimit(GatewayConfig config) {
        return WeightsLimit.of(
                config.gateway().maxWeightsBytes(), Runtime.getRuntime().maxMemory());
    }

    @Produces
    @Singleton
    UploadedWeights uploadedWeights(ArtifactStore store, WeightsLimit largest) {
        return new UploadedWeights(store, largest);
    }
}
