package org.rtda.gateway;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.rtda.gateway.database.Database;
import org.rtda.gateway.database.DatabaseSettings;
import org.rtda.gateway.database.DeadLetters;
import org.rtda.gateway.database.EventFeed;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.IdempotencyKeys;
import org.rtda.gateway.database.Projection;
import org.rtda.gateway.database.ReadModel;
import org.rtda.gateway.database.StoredTokens;
import org.rtda.gateway.database.TopicPositions;
import org.rtda.gateway.projection.LastRecords;
import org.rtda.gateway.projection.NewestRecords;
import org.rtda.gateway.projection.Projector;
import org.rtda.gateway.projection.RecordReader;
import org.rtda.gateway.projection.TopicIds;
import org.rtda.gateway.projection.ViewCatchUp;
import org.rtda.gateway.security.TokenStore;

/** Builds the classes that read and write the read model. */
@ApplicationScoped
class DatabaseWiring {
    /** A command is shown within this time, or its sender is answered without. */
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(5);

    @Produces
    @Singleton
    Database database(GatewayConfig config) {
        GatewayConfig.Database database = config.database();
        return Database.open(
                new DatabaseSettings(
                        database.url(), database.user(), database.password().orElse(""), database.connections()),
                config.gateway().startTimeout());
    }

    void close(@Disposes Database database) {
        database.close();
    }

    @Produces
    @Singleton
    ExperimentViews views(Database database, GatewayConfig config) {
        return new ExperimentViews(database, config.gateway().maxTrainingMetrics(), SHOWN_WITHIN);
    }

    @Produces
    @Singleton
    IdempotencyKeys idempotencyKeys(Database database) {
        return new IdempotencyKeys(database);
    }

    @Produces
    @Singleton
    DeadLetters deadLetters(Database database) {
        return new DeadLetters(database);
    }

    @Produces
    @Singleton
    EventFeed eventFeed(Database database, GatewayConfig config) {
        return new EventFeed(database, config.gateway().maxTrainingMetrics());
    }

    void close(@Disposes EventFeed feed) {
        feed.close();
    }

    @Produces
    @Singleton
    TokenStore tokenStore(Database database) {
        return new StoredTokens(database);
    }

    @Produces
    @Singleton
    ReadModel readModel(Database database) {
        return new ReadModel(database);
    }

    @Produces
    @Singleton
    TopicPositions positions(Database database) {
        return new TopicPositions(database);
    }

    @Produces
    @Singleton
    ViewCatchUp catchUp(TopicPositions positions) {
        return new ViewCatchUp(positions);
    }

    @Produces
    @Singleton
    NewestRecords newestRecords(
            Admin admin, @Identifier("default-kafka-broker") Map<String, Object> kafka, GatewayConfig config) {
        return new NewestRecords(() -> new NewestRecords.Found(
                LastRecords.of(kafka, RecordReader.TOPICS, config.gateway().startTimeout()),
                TopicIds.of(admin, RecordReader.TOPICS)));
    }

    @Produces
    @Singleton
    Projector projector(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Admin admin,
            Database database,
            TopicPositions positions,
            GatewayConfig config,
            CommandChannels channels,
            ProjectionNotifier news) {
        Projection projection = new Projection(
                database,
                config.gateway().maxTrainingMetrics(),
                UUID.randomUUID().toString());
        return new Projector(kafka, admin, projection, positions, channels::sendDeadLetter, news);
    }

    void close(@Disposes Projector projector) {
        projector.close();
    }
}
