package org.rtda.stack;

import com.yammer.metrics.core.Metric;
import com.yammer.metrics.core.MetricName;
import com.yammer.metrics.core.MetricsRegistryListener;
import com.yammer.metrics.core.Stoppable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;

/** One Kafka node that is broker and controller (KRaft) at once. Keeps its records over restarts, also on other ports. */
final class KafkaBroker implements AutoCloseable {
    private static final int NODE_ID = 1;
    /** A machine that is busy with other programs takes more than a minute. Kafka itself would wait without an end. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final List<Proxied> proxied;
    private final Optional<Secured> secured;

    private KafkaBroker(
            KafkaRaftServer server, String bootstrapServers, List<Proxied> proxied, Optional<Secured> secured) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.proxied = proxied;
        this.secured = secured;
    }

    /**
     * A listener that asks its clients who they are (TLS, SCRAM-SHA-512) and lets them do only what access rules (ACLs) allow. Those who
     * come through the plain listener may do everything.
     *
     * @param port where the broker listens
     * @param keystore PKCS#12, with the broker's key
     */
    record Secured(int port, Path keystore, String keystorePassword) {
        String address() {
            return Ports.LOOPBACK + ":" + port;
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Secured[" + address() + ", " + keystore + "]";
        }
    }

    /**
     * A listener for clients that come through a proxy: a Kafka client follows the address that the broker tells it, so
     * the broker has to tell the proxy's.
     *
     * @param port where the broker listens
     * @param advertisedPort where the proxy listens, on the loopback address
     */
    record Proxied(int port, int advertisedPort) {
        String address() {
            return Ports.LOOPBACK + ":" + port;
        }
    }

    /**
     * Returns when the broker answers: the server's own start ends with that.
     *
     * @param more settings, each in place of this class's own of that name
     */
    static KafkaBroker start(
            Path folder,
            int port,
            int controllerPort,
            List<Proxied> proxied,
            Optional<Secured> secured,
            Map<String, String> more) {
        if (!Files.exists(folder.resolve("meta.properties"))) {
            format(folder);
        }
        KafkaYammerMetrics.defaultRegistry().addListener(new WithoutRates());
        Map<String, String> settings = settings(folder, port, controllerPort, proxied, secured);
        settings.putAll(more);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(server, Ports.LOOPBACK + ":" + port, proxied, secured);
    }

    /** HOST:PORT of the listener that asks who its clients are, if there is one. */
    Optional<String> secured() {
        return secured.map(Secured::address);
    }

    /** HOST:PORT of each listener behind a proxy, in the order in which they were asked for. */
    List<String> proxied() {
        return proxied.stream().map(Proxied::address).toList();
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /**
     * Stops what keeps the averages over minutes of every meter up to date: 200 tasks, each every five seconds, for
     * averages that nobody can ask this process for.
     */
    private static final class WithoutRates implements MetricsRegistryListener {
        @Override
        public void onMetricAdded(MetricName name, Metric metric) {
            if (metric instanceof Stoppable ticking) {
                ticking.stop();
            }
        }

        @Override
        public void onMetricRemoved(MetricName name) {}
    }

    private static void format(Path folder) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(told, true, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        } catch (Exception e) {
            throw new StackFailure(
                    "the broker's folder " + folder + " cannot be formatted: " + e.getMessage() + " "
                            + told.toString(StandardCharsets.UTF_8).strip(),
                    e);
        }
    }

    private static Map<String, String> settings(
            Path folder, int port, int controllerPort, List<Proxied> proxied, Optional<Secured> secured) {
        Map<String, String> settings = new HashMap<>();
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("process.roles", "broker,controller");
        settings.put("server.max.startup.time.ms", Long.toString(START_LIMIT.toMillis()));
        StringBuilder listeners = new StringBuilder("PLAINTEXT://" + Ports.LOOPBACK + ":" + port);
        StringBuilder advertised = new StringBuilder(listeners);
        StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        for (int i = 0; i < proxied.size(); i++) {
            String name = "PROXIED" + i;
            listeners.append("," + name + "://" + proxied.get(i).address());
            advertised.append(
                    "," + name + "://" + Ports.LOOPBACK + ":" + proxied.get(i).advertisedPort());
            protocols.append("," + name + ":PLAINTEXT");
        }
        secured.ifPresent(listener -> {
            listeners.append(",SECURED://" + listener.address());
            advertised.append(",SECURED://" + listener.address());
            protocols.append(",SECURED:SASL_SSL");
            settings.putAll(securedSettings(listener));
        });
        settings.put("listeners", listeners + ",CONTROLLER://" + Ports.LOOPBACK + ":" + controllerPort);
        settings.put("advertised.listeners", advertised.toString());
        settings.put("listener.security.protocol.map", protocols.toString());
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", NODE_ID + "@" + Ports.LOOPBACK + ":" + controllerPort);
        settings.put("log.dirs", folder.toString());
        // a misspelt topic must fail, not appear
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // no followers that could fall behind: no record twice a second to show that the controller lives
        settings.put("metadata.max.idle.interval.ms", "0");
        // nor another broker that could take over, so the controller, in the same process, need not be told so often
        settings.put("broker.heartbeat.interval.ms", "5000");
        settings.put("broker.session.timeout.ms", "30000");
        settings.put("message.max.bytes", Integer.toString(2 << 20));
        settings.put("log.retention.check.interval.ms", "60000");
        settings.put("log.segment.delete.delay.ms", "10000");
        // small: one machine, a few dozen connections
        settings.put("num.network.threads", "1");
        settings.put("listener.name.controller.num.network.threads", "1");
        settings.put("num.io.threads", "1"); // of the broker, and as many of the controller
        settings.put("group.coordinator.threads", "1");
        settings.put("background.threads", "2");
        // each partition looks by itself
        settings.put("producer.id.expiration.check.interval.ms", "3600000");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.threads", "1");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.put("log.cleaner.io.buffer.size", Integer.toString(128 << 10));
        settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        settings.put("queued.max.requests", "100");
        // nobody looks at this process with JMX, so none of the thousands of figures is registered there
        settings.put("metrics.jmx.exclude", ".*");
        settings.put("metric.reporters", "");
        return settings;
    }

    private static Map<String, String> securedSettings(Secured listener) {
        return Map.of(
                "group.share.delivery.count.limit", "10",
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                // whoever came through the plain listener, the broker and its controller among them
                "super.users", "User:ANONYMOUS",
                "listener.name.secured.sasl.enabled.mechanisms", "SCRAM-SHA-512",
                "listener.name.secured.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                "listener.name.secured.ssl.keystore.type", "PKCS12",
                "listener.name.secured.ssl.keystore.location",
                        listener.keystore().toString(),
                "listener.name.secured.ssl.keystore.password", listener.keystorePassword(),
                "listener.name.secured.ssl.key.password", listener.keystorePassword());
    }
}
