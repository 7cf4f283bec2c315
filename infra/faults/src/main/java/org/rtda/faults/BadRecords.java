package org.rtda.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Topic;

/**
 * Somebody writes records that no service can use to every topic, two to each, under no experiment's name. The runs go on
 * undisturbed, and each such record that the broker took becomes a dead letter.
 *
 * @param contents what is written to a topic; empty where there is nothing of that kind for it
 */
record BadRecords(String name, String description, Contents contents) implements Fault {
    private static final int TO_EACH = 2;

    /** Makes the values of bad records. */
    interface Contents {
        Optional<byte[]> of(Topic topic, Records records);
    }

    static BadRecords garbage() {
        return new BadRecords(
                "garbage-record",
                "records that do not parse come on every topic; each becomes a dead letter",
                (topic, records) -> Optional.of("{\"id\":".getBytes(StandardCharsets.UTF_8)));
    }

    static BadRecords laterSchema() {
        return new BadRecords(
                "later-schema-record",
                "records of a later schema version come on every topic; each becomes a dead letter",
                (topic, records) -> records.firstOf(topic, BadRecords::later));
    }

    static BadRecords oversized(String name, int bytes) {
        return new BadRecords(
                name,
                "records of " + bytes / 1_000_000.0
                        + " MB that do not parse come on every topic; the broker refuses them, or each"
                        + " becomes a dead letter",
                (topic, records) -> {
                    byte[] value = new byte[bytes];
                    Arrays.fill(value, (byte) 'x');
                    return Optional.of(value);
                });
    }

    @Override
    public void happen(Trial trial) {
        try (Records records = new Records(trial.system().bootstrapServers())) {
            for (Topic topic : Topic.values()) {
                for (int n = 0; n < TO_EACH; n++) {
                    String key = trial.id() + "-" + topic.topicName() + "-" + n;
                    Optional<byte[]> value = contents.of(topic, records);
                    int partition = trial.random().nextInt(topic.partitions());
                    if (value.isPresent()
                            && records.send(new ProducerRecord<>(topic.topicName(), partition, key, value.get()))
                            // there is no letter of a letter, and nobody reads the audit log
                            && topic != Topic.DEAD_LETTERS
                            && topic != Topic.AUDIT_LOG) {
                        trial.remember(key);
                    }
                }
            }
        }
    }

    @Override
    public List<String> complaints(Trial trial) {
        Set<String> missing = new TreeSet<>(trial.remembered());
        trial.system()
                .watch()
                .await(
                        () -> {
                            missing.removeAll(letters(trial));
                            return missing.isEmpty();
                        },
                        trial.system().limits().soon());
        return missing.isEmpty() ? List.of() : List.of("no dead letter of " + String.join(", ", missing));
    }

    private static Set<String> letters(Trial trial) {
        return trial.system().watch().on(Topic.DEAD_LETTERS).stream()
                .map(Watch.Seen::key)
                .collect(Collectors.toSet());
    }

    /** The record as a later build might write it, of an experiment that there is not; empty where it is no event. */
    private static Optional<byte[]> later(byte[] record) {
        try {
            if (EventCodec.mapper().readTree(record) instanceof ObjectNode document && document.has("schemaVersion")) {
                document.put("schemaVersion", 2);
                document.put("id", "later-schema");
                document.put("experimentId", "later-schema");
                document.put("what-nobody-knows-yet", true);
                return Optional.of(EventCodec.write(document));
            }
        } catch (IOException e) {
            // left by another fault: no event
            return Optional.empty();
        }
        return Optional.empty();
    }
}
