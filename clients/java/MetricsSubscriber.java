import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads RTDA's metrics from Kafka and prints a line for each figure: a reader to begin a program of one's own. It needs Apache
 * Kafka's client and Jackson, nothing of RTDA; README.md beside this file has the command.
 *
 * <p>Each message says in {@code subject} what it is about, so no other message is needed to plot it. A message may come twice, with
 * the same id; it is printed once. The field descriptions are in asyncapi.yaml, which the gateway serves.
 */
public final class MetricsSubscriber {
    private static final List<String> TOPICS = List.of("training-metrics", "robustness-metrics");
    private static final Set<String> SHOWN = Set.of("accuracy", "balanced-accuracy", "auroc");

    private final ObjectMapper json = new ObjectMapper();

    /** Ids of the messages that were printed. A program that runs for weeks would keep the newest only. */
    private final Set<String> seen = new HashSet<>();

    /**
     * @param arguments the broker's HOST:PORT; optionally {@code --settings FILE}: properties of Kafka's clients, for a broker with TLS or
     *     passwords; optionally {@code --until-idle SECONDS}: to end when nothing came for so long
     */
    public static void main(String[] arguments) throws IOException {
        Properties settings = new Properties();
        Optional<Duration> idle = Optional.empty();
        boolean understood = arguments.length % 2 == 1;
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--settings" -> {
                    try (Reader file = Files.newBufferedReader(Path.of(arguments[i + 1]))) {
                        settings.load(file);
                    }
                }
                case "--until-idle" -> idle = Optional.of(Duration.ofSeconds(Long.parseLong(arguments[i + 1])));
                default -> understood = false;
            }
        }
        if (!understood) {
            System.err.println("usage: MetricsSubscriber HOST:PORT [--settings FILE] [--until-idle SECONDS]");
            System.exit(2);
        }
        settings.setProperty("bootstrap.servers", arguments[0]);
        new MetricsSubscriber().read(settings, idle);
    }

    private void read(Properties settings, Optional<Duration> idle) {
        // without a group: every reader sees everything, and nothing is kept in the broker
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : TOPICS) {
                consumer.partitionsFor(topic)
                        .forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long lastCame = System.nanoTime();
            while (idle.isEmpty() || System.nanoTime() - lastCame < idle.get().toNanos()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    lastCame = System.nanoTime();
                    print(record);
                }
            }
        }
    }

    private void print(ConsumerRecord<String, byte[]> record) {
        JsonNode message;
        try {
            message = json.readTree(record.value());
        } catch (IOException e) {
            // the services set such records aside in the topic dead-letters; a reader goes on
            System.err.println("a record of " + record.topic() + " is no JSON");
            return;
        }
        if (!seen.add(message.path("id").asText())) {
            return;
        }
        JsonNode subject = message.path("subject");
        String of = message.path("experimentId").asText() + " (" + subject.path("method").asText() + " on "
                + subject.path("dataset").asText() + ", seed " + subject.path("seed").asText() + ")";
        if (record.topic().equals("training-metrics")) {
            System.out.println(of + " step " + message.path("step") + " of " + message.path("totalSteps") + ": loss "
                    + message.path("loss"));
            return;
        }
        // plans, gates and ends are messages of this topic, too; they have no values
        for (JsonNode figure : message.path("values")) {
            if (SHOWN.contains(figure.path("metric").asText()) && figure.hasNonNull("value")) {
                System.out.println(of + " " + subject.path("condition").asText() + ": "
                        + figure.path("metric").asText() + " " + figure.path("value") + " [" + figure.path("low")
                        + ", " + figure.path("high") + "], " + figure.path("n") + " images");
            }
        }
    }
}
