package org.rtda.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.gateway.database.Database;
import org.rtda.gateway.database.DeadLetters;
import org.rtda.gateway.database.EventFeed;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.dataset.ImageRetention;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.projection.LastRecords;
import org.rtda.gateway.projection.Projector;
import org.rtda.gateway.projection.RecordReader;
import org.rtda.gateway.projection.TopicIds;
import org.rtda.gateway.projection.ViewCatchUp;
import org.rtda.gateway.work.LagWatch;
import org.rtda.messaging.BrokerWatch;
import org.rtda.messaging.TopicAdmin;
import org.rtda.store.ArtifactStore;
import org.rtda.store.StoreWatch;

/**
 * What happens when the gateway starts, in this order: settings are checked, missing topics are made before any channel connects, and all
 * that follows the topics, the store and the broker begins.
 */
@ApplicationScoped
class GatewayStart {
    private static final Logger LOG = Logger.getLogger(GatewayStart.class);

    /** What another gateway projects is sent to the readers of streams here after so long at most. */
    private static final Duration NEWS_INTERVAL = Duration.ofMillis(500);

    private static final Duration LAG_INTERVAL = Duration.ofSeconds(60);

    /** As often as Prometheus looks. */
    private static final Duration FIGURE_INTERVAL = Duration.ofSeconds(15);

    /** Between two looks for images that are kept for too long. */
    private static final Duration RETENTION_INTERVAL = Duration.ofHours(1);

    /** First of all, so that a wrong setting is told before anything else fails because of it. */
    void check(@Observes @Priority(0) StartupEvent event, GatewayConfig config) {
        GatewayConfig.check(config);
        // made, or refused, before anybody sends images
        StorageWiring.importKeys(config);
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

    /** From the start, so that the first who asks is told the truth. */
    void watch(@Observes StartupEvent started, StoreWatch store, MeterRegistry meters) {
        Gauge.builder("rtda.store.away", store, watch -> watch.awayFor().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("how long the store has not answered")
                .register(meters);
        store.begin();
    }
}
