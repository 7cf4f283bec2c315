package org.rtda.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.rtda.contracts.Topic;

/** Every answer of a worker comes twice, the second time in reverse order. */
record AnswersDoubled() implements Fault {
    private static final List<Topic> ANSWERS = List.of(Topic.AUGMENTED_BATCHES, Topic.ADVERSARIAL_BATCHES);
    private static final String RELAYED = "relayed";
    private static final int TURNED_AT_ONCE = 6;

    @Override
    public String name() {
        return "answers-doubled-reversed";
    }

    @Override
    public String description() {
        return "from the moment to the end, every " + TURNED_AT_ONCE
                + " answers of workers come again in reverse order";
    }

    @Override
    public void happen(Trial trial) {
        Deque<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
        long end = System.nanoTime() + trial.system().limits().undisturbed().toNanos();
        int relayed = 0;
        try (Records records = new Records(trial.system().bootstrapServers());
                KafkaConsumer<String, byte[]> answers = records.fromNowOn(ANSWERS)) {
            while (!trial.isOver() && System.nanoTime() < end) {
                for (ConsumerRecord<String, byte[]> answer : answers.poll(Duration.ofMillis(500))) {
                    if (answer.headers().lastHeader(RELAYED) == null) {
                        waiting.push(answer);
                    }
                }
                if (waiting.size() >= TURNED_AT_ONCE) {
                    relayed += sendAgain(waiting, records);
                }
            }
        }
        if (relayed == 0) {
            throw new IllegalStateException("no answer came that could have come twice");
        }
    }

    /** The latest first. */
    private static int sendAgain(Deque<ConsumerRecord<String, byte[]>> waiting, Records records) {
        int sent = 0;
        while (!waiting.isEmpty()) {
            ConsumerRecord<String, byte[]> latest = waiting.pop();
            ProducerRecord<String, byte[]> again = new ProducerRecord<>(
                    latest.topic(), latest.partition(), latest.key(), latest.value(), latest.headers());
            again.headers().add(RELAYED, new byte[0]);
            records.send(again);
            sent++;
        }
        return sent;
    }
}
