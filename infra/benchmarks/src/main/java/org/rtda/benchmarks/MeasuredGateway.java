package org.rtda.benchmarks;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rtda.benchmarks.readmodel.ReadModelQuestions;
import org.rtda.benchmarks.readmodel.TimedGateway;

/** The gateway's process, which is stopped and started again over the same database. */
final class MeasuredGateway implements AutoCloseable {
    /** At most. */
    static final int HEAP_MEGABYTES = 224;

    private final PackagedService.BackingServices backing;
    /** Of its classes, as {@code ./rtda up} has one: the first process writes it when it ends, later ones load classes from it. */
    private final Path archive;

    private final Map<String, String> environment = new HashMap<>();
    /** H2 or PostgreSQL. */
    private final String database;

    private PackagedService process;
    private int starts;
    private long mostResident;

    /** @param streams of events that it serves at a time, at most */
    MeasuredGateway(PackagedService.BackingServices backing, Setting setting, int streams) {
        this.backing = backing;
        this.archive = setting.folder().resolve("gateway-classes.jsa");
        String given = System.getenv("RTDA_DATABASE_URL");
        this.database = given == null ? "H2" : "PostgreSQL";
        environment.put("RTDA_DATABASE_URL", given == null ? h2(setting) : given);
        environment.put("RTDA_DATABASE_USER", System.getenv().getOrDefault("RTDA_DATABASE_USER", "rtda"));
        environment.put("RTDA_DATABASE_PASSWORD", System.getenv().getOrDefault("RTDA_DATABASE_PASSWORD", ""));
        environment.put("RTDA_GATEWAY_MAX_STREAMS", Integer.toString(streams));
        start();
    }

    private static String h2(Setting setting) {
        return "jdbc:h2:file:" + setting.folder().resolve("read-model");
    }

    /** Of its database. */
    String database() {
        return database;
    }

    String bootstrapServers() {
        return backing.bootstrapServers();
    }

    /** Of its process that runs at this moment. */
    Duration processorTime() {
        return process.processorTime();
    }

    String url() {
        return environment.get("RTDA_DATABASE_URL");
    }

    String user() {
        return environment.get("RTDA_DATABASE_USER");
    }

    String password() {
        return environment.get("RTDA_DATABASE_PASSWORD");
    }

    /** @return seconds until it has answered with a page of the list */
    double start() {
        long begun = System.nanoTime();
        environment.put(
                "JDK_JAVA_OPTIONS",
                "-Xlog:cds*=error -XX:" + (Files.exists(archive) ? "SharedArchiveFile=" : "ArchiveClassesAtExit=")
                        + archive);
        process = PackagedService.start(
                "gateway", "gateway-" + ++starts, backing, environment, List.of(), HEAP_MEGABYTES);
        process.awaitReady();
        client().get(ReadModelQuestions.EXPERIMENTS);
        return (System.nanoTime() - begun) / 1e9;
    }

    void stop(boolean killed) {
        mostResident();
        if (killed) {
            process.kill();
        } else {
            process.close();
        }
    }

    /** Of all its processes so far. */
    long mostResident() {
        mostResident = Math.max(mostResident, process.mostResidentBytes());
        return mostResident;
    }

    TimedGateway client() {
        return new TimedGateway(process.base(), process.management());
    }

    URI stream(String experiment) {
        return process.base().resolve("/api/v1/metrics/stream?experiment=" + experiment);
    }

    @Override
    public void close() {
        process.close();
    }
}
