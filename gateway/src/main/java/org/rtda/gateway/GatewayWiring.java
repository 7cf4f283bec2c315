package org.rtda.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rtda.contracts.EventCodec;
import org.rtda.gateway.command.CancelEvaluation;
import org.rtda.gateway.command.CommandSender;
import org.rtda.gateway.command.DescribeExperiment;
import org.rtda.gateway.command.EvaluationSender;
import org.rtda.gateway.command.Evaluations;
import org.rtda.gateway.command.Experiments;
import org.rtda.gateway.command.InitialWeightsCheck;
import org.rtda.gateway.command.WeightsLimit;
import org.rtda.gateway.database.Database;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.IdempotencyKeys;
import org.rtda.gateway.database.MeasuredFeed;
import org.rtda.gateway.report.Reports;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;

/**
 * Builds from the configuration the classes that answer requests about experiments. Objects and data sets: {@link StorageWiring};
 * the broker: {@link BrokerClientWiring}; the database: {@link DatabaseWiring}; what happens at the start: {@link GatewayStart}.
 */
@ApplicationScoped
class GatewayWiring {
    /** Changes of the read model in which a gateway that starts looks for figures of running experiments. */
    private static final long RECENT_CHANGES = 20_000;

    @Produces
    @Singleton
    ObjectMapper objectMapper() {
        return EventCodec.mapper();
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
            WeightsLimit weightsLimit,
            GatewayConfig config) {
        return new Experiments(
                views,
                datasets,
                reader,
                new InitialWeightsCheck(store, weightsLimit),
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
    FigureGauges figureGauges(Database database, MeterRegistry meters) {
        return new FigureGauges(new MeasuredFeed(database, RECENT_CHANGES)::next, meters, InstantSource.system());
    }

    void close(@Disposes FigureGauges figureGauges) {
        figureGauges.close();
    }
}
