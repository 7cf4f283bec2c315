package org.rtda.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rtda.gateway.work.LagWatch;
import org.rtda.gateway.work.WorkerActivity;
import org.rtda.gateway.work.Workers;
import org.rtda.messaging.BrokerWatch;

/** Builds the clients that ask the broker about topics, groups and workers. */
@ApplicationScoped
class BrokerClientWiring {
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
}
