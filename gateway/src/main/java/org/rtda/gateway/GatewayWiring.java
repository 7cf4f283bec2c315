package org.rtda.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.Topic;
import org.rtda.gateway.command.CancelEvaluation;
import org.rtda.gateway.command.CommandSender;
import org.rtda.gateway.command.DeleteExperiment;
import org.rtda.gateway.command.DescribeExperiment;
import org.rtda.gateway.command.EvaluationSender;
import org.rtda.gateway.command.Evaluations;
import org.rtda.gateway.command.Experiments;
import org.rtda.gateway.command.InitialWeightsCheck;
import org.rtda.gateway.command.UploadedWeights;
import org.rtda.gateway.database.Database;
import org.rtda.gateway.database.DeadLetters;
import org.rtda.gateway.database.EventFeed;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.IdempotencyKeys;
import org.rtda.gateway.database.MeasuredFeed;
import org.rtda.gateway.dataset.ArchiveImports;
import org.rtda.gateway.dataset.ArchiveLimits;
import org.rtda.gateway.dataset.DatasetRemoval;
import org.rtda.gateway.dataset.ImageRetention;
import org.rtda.gateway.dataset.ImportKeys;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.projection.LastRecords;
import org.rtda.gateway.projection.Projector;
import org.rtda.gateway.projection.RecordReader;
import org.rtda.gateway.projection.TopicIds;
import org.rtda.gateway.projection.ViewCatchUp;
import org.rtda.gateway.report.Reports;
import org.rtda.gateway.work.LagWatch;
import org.rtda.gateway.work.WorkerActivity;
import org.rtda.gateway.work.Workers;
import org.rtda.messaging.BrokerWatch;
import org.rtda.messaging.TopicAdmin;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;
import org.rtda.store.StoreWatch;

/**
 * Builds the classes of this service from its configuration, and creates missing topics before any channel connects.
 */
@ApplicationScoped
class GatewayWiring {
    private static final Logger LOG = Logger.getLogger(GatewayWiring.class);
    /** What makes a data set or an experiment needed; whatever ends that need may be known later. */
    private static final List<Topic> COMMANDS =
            List.of(Topic.EXPERIMENTS, Topic.EVALUATION_COMMANDS, Topic.CHECKPOINTS);

    private static final long MANIFEST_CACHE_BYTES = 16L << 20;
    /** What another gateway projects is sent to the readers of streams here after so long at most. */
    private static final Duration NEWS_INTERVAL = Duration.ofMillis(500);

    private static final Duration LAG_INTERVAL = Duration.ofSeconds(60);

    /** As often as Prometheus looks. */
    private static final Duration FIGURE_INTERVAL = Duration.ofSeconds(15);

    /** Changes of the read model in which a gateway that starts looks for figures of running experiments. */
    private static final long RECENT_CHANGES = 20_000;

    /** Between two looks for images that are kept for too long. */
    private static final Duration RETENTION_INTERVAL = Duration.ofHours(1);

    /** First of all, so that a wrong setting is told before anything else fails because of it. */
    void check(@Observes @Priority(0) StartupEvent event, GatewayConfig config) {
        GatewayConfig.check(config);
        // made, or refused, before anybody sends images
        importKeys(config);
    }

    private static ImportKeys importKeys(GatewayConfig config) {
        return ImportKeys.of(config.patientKey().map(Path::of));
    }

    void start(
            @Observes @Priority(1) StartupEvent event,
            GatewayConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String address,
            ArtifactStore store,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ViewCatchUp catchUp,
            Admin admin,
            ExperimentViews views,
            DeadLetters letters,
            EventFeed feed,
            Projector projector,
            Database database,
            LagWatch lagWatch,
            FigureGauges figureGauges,
            ImageRetention imageRetention,
            BrokerWatch broker,
            MeterRegistry meters) {
        LOG.infof(
                "gateway %s: broker %s, %s, database %s",
                config.instance()
                        .orElseGet(() -> "pid " + ProcessHandle.current().pid()),
                address,
                store,
                database);
        TopicAdmin.ensure(kafka, config.gateway().startTimeout());
        broker.begin();
        catchUp.begin(
                LastRecords.of(kafka, RecordReader.TOPICS, config.gateway().startTimeout()),
                TopicIds.of(admin, RecordReader.TOPICS));
        projector.begin();
        feed.begin(NEWS_INTERVAL);
        Gauge.builder("rtda.dead.letters", letters, known -> orUnknown(known::count))
                .description("records that a service could not process")
                .register(meters);
        Gauge.builder("rtda.dead.letters.newest", letters, known -> orUnknown(known::newestSeconds))
                .baseUnit("seconds")
                .description("when the newest of them was written, since 1970; 0 while there is none")
                .register(meters);
        for (ExperimentStatus.State state : ExperimentStatus.State.values()) {
            Gauge.builder("rtda.experiments", views, known -> orUnknown(() -> known.count(state)))
                    .description("experiments that were submitted, by their state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        Gauge.builder("rtda.streams", feed, EventFeed::followers)
                .description("server-sent event streams being served")
                .register(meters);
        Gauge.builder("rtda.broker.away", broker, watch -> watch.awayFor().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("how long the broker has not answered")
                .register(meters);
        lagWatch.begin(LAG_INTERVAL);
        imageRetention.begin(RETENTION_INTERVAL);
        if (config.gateway().figureGauges()) {
            figureGauges.begin(FIGURE_INTERVAL);
        }
    }

    /** While the database does not answer nothing is known, so nothing is said. */
    private static double orUnknown(DoubleSupplier value) {
        try {
            return value.getAsDouble();
        } catch (ProblemException databaseAway) {
            LOG.debug(databaseAway.getMessage());
            return Double.NaN;
        }
    }

    @Produces
    @Singleton
    ObjectMapper objectMapper() {
        return EventCodec.mapper();
    }

    @Produces
    @Singleton
    ArtifactStore store(GatewayConfig config) {
        GatewayConfig.Store store = config.store();
        return MinioArtifactStore.await(
                new MinioSettings(
                        store.endpoint(),
                        store.bucket(),
                        store.accessKey(),
                        store.secretKey(),
                        store.region(),
                        store.trustedCertificates().map(Path::of).orElse(null)),
                config.gateway().startTimeout());
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

    /** From the start, so that the first who asks is told the truth. */
    void watch(@Observes StartupEvent started, StoreWatch store, MeterRegistry meters) {
        Gauge.builder("rtda.store.away", store, watch -> watch.awayFor().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("how long the store has not answered")
                .register(meters);
        store.begin();
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
    UploadedWeights uploadedWeights(ArtifactStore store, GatewayConfig config) {
        return new UploadedWeights(
                store, config.gateway().maxWeightsBytes(), Runtime.getRuntime().maxMemory());
    }

    @Produces
    @Singleton
    Experiments experiments(
            ExperimentViews views,
            Datasets datasets,
            DatasetReader reader,
            ArtifactStore store,
            IdempotencyKeys keys,
            CommandSender sender,
            GatewayConfig config) {
        return new Experiments(
                views,
                datasets,
                reader,
                new InitialWeightsCheck(store),
                GatewayConfig.trainerMemoryBytes(config),
                keys,
                sender,
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    DescribeExperiment describeExperiment(ExperimentViews views, CommandSender sender) {
        return new DescribeExperiment(views, sender, Clock.systemUTC());
    }

    @Produces
    @Singleton
    CancelEvaluation cancelEvaluation(ExperimentViews views, CommandSender sender) {
        return new CancelEvaluation(views, sender, Clock.systemUTC());
    }

    @Produces
    @Singleton
    Evaluations evaluations(
            ExperimentViews views,
            ArtifactStore store,
            Datasets datasets,
            DatasetReader reader,
            IdempotencyKeys keys,
            EvaluationSender sender,
            CommandSender canceller) {
        return new Evaluations(views, store, datasets, reader, keys, sender, canceller, Clock.systemUTC());
    }

    @Produces
    @Singleton
    Reports reports(
            ExperimentViews views,
            DatasetReader reader,
            ArtifactStore store,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        return new Reports(views, reader, store, version, Clock.systemUTC());
    }

    @Produces
    @Singleton
    Admin admin(@Identifier("default-kafka-broker") Map<String, Object> settings) {
        return Admin.create(settings.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue()))));
    }

    void close(@Disposes Admin admin) {
        // with the broker gone it would wait for its answers
        admin.close(Duration.ofSeconds(1));
    }

    @Produces
    @Singleton
    BrokerWatch brokerWatch(@Identifier("default-kafka-broker") Map<String, Object> settings) {
        return BrokerWatch.of(settings);
    }

    void close(@Disposes BrokerWatch broker) {
        broker.close();
    }

    @Produces
    @Singleton
    Workers workers(
            Admin admin, GatewayConfig config, @ConfigProperty(name = "kafka.bootstrap.servers") String address) {
        return new Workers(admin, address, config.gateway().brokerTimeout());
    }

    @Produces
    @Singleton
    WorkerActivity workerActivity() {
        return new WorkerActivity(Clock.systemUTC());
    }

    @Produces
    @Singleton
    LagWatch lagWatch(Workers workers, WorkerActivity activity, MeterRegistry meters) {
        return new LagWatch(workers::groups, activity::seen, meters);
    }

    void close(@Disposes LagWatch lagWatch) {
        lagWatch.close();
    }

    @Produces
    @Singleton
    FigureGauges figureGauges(Database database, MeterRegistry meters) {
        return new FigureGauges(new MeasuredFeed(database, RECENT_CHANGES)::next, meters, InstantSource.system());
    }

    void close(@Disposes FigureGauges figureGauges) {
        figureGauges.close();
    }
}
