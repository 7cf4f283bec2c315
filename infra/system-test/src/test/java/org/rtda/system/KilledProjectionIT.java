package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.benchmarks.PackagedService;
import org.rtda.contracts.Topic;
import org.rtda.messaging.TopicAdmin;
import org.rtda.testkit.LocalStack;

/**
 * The gateway that projects is killed with {@code kill -9} at random moments while records arrive, and started again over the same
 * file. The build kills it three times; {@code -Drtda.kills=50 -Drtda.kills.seed=7} kills it as often, at other moments.
 */
@EnabledIfSystemProperty(named = "rtda.long", matches = "true", disabledReason = "takes minutes: -Drtda.long=true")
class KilledProjectionIT {
    private static final int KILLS = Integer.getInteger("rtda.kills", 3);
    private static final long SEED = Long.getLong("rtda.kills.seed", 1);
    private static final int RECORDS_A_SECOND = 600;
    private static final int LONGEST_LIFE_MILLIS = 2000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String PROJECTED = "rtda_view_records_total";

    private final HttpClient http = HttpClient.newHttpClient();
    private PackagedService.BackingServices backing;

    @TempDir
    Path folder;

    @Test
    void theDatabaseIsInTheEndThatOfASinglePass() throws InterruptedException, SQLException {
        Path killed = folder.resolve("killed");
        Path single = folder.resolve("single");
        // its topics hold what this test publishes, and nothing else
        try (LocalStack stack = LocalStack.start()) {
            TopicAdmin.ensure(stack.bootstrapServers(), Duration.ofSeconds(30));
            backing = PackagedService.BackingServices.of(stack, "killed-projection", folder);
            long records;
            try (RestlessTopics topics = new RestlessTopics(stack.bootstrapServers(), SEED, RECORDS_A_SECOND)) {
                killAgainAndAgain(killed);
                records = topics.finish();
            }
            readToTheEnd(killed, "after-the-kills");
            readToTheEnd(single, "single-pass");

            try (ReadModelFile one = new ReadModelFile(killed);
                    ReadModelFile other = new ReadModelFile(single)) {
                Map<String, Long> rows = one.counts();
                System.out.printf("%d kills among %d records, rows %s%n", KILLS, records, rows);
                assertThat(one.differencesFrom(other)).isEmpty();
                assertThat(rows)
                        .allSatisfy((table, count) ->
                                assertThat(count).as("rows of %s", table).isPositive());
                assertThat(rows.get("dead_letters"))
                        .as("each record that cannot be read is one letter")
                        .isEqualTo(letters(stack.bootstrapServers()));
            }
        }
    }

    /** Three lives of four end while records are projected, the fourth at any moment since the process began. */
    private void killAgainAndAgain(Path database) throws InterruptedException {
        Random random = new Random(SEED);
        for (int kill = 1; kill <= KILLS; kill++) {
            PackagedService gateway = gateway(database, "kill-" + kill);
            if (kill % 4 != 0) {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> hasProjected(gateway.management()));
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
            assertThat(gateway.isAlive())
                    .as("it ended by itself, see %s", gateway.log())
                    .isTrue();
            gateway.kill();
        }
    }

    private PackagedService gateway(Path database, String instance) {
        return PackagedService.start(
                "gateway", instance, backing, Map.of("RTDA_DATABASE_URL", ReadModelFile.url(database)));
    }

    private boolean hasProjected(URI management) throws InterruptedException {
        try {
            return http.send(
                            HttpRequest.newBuilder(management.resolve("/q/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(PROJECTED))
                    .anyMatch(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) > 0);
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Twice: the first may refuse records, whose letters the second takes in. */
    private void readToTheEnd(Path database, String instance) {
        for (String turn : List.of("-1", "-2")) {
            try (PackagedService gateway = gateway(database, instance + turn)) {
                // there may be much to read, and the longer the more kills there were
                Awaitility.await().atMost(PATIENCE).until(gateway::isReady);
            }
        }
    }

    private static long letters(String bootstrapServers) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.DEAD_LETTERS.topicName()).stream()
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
