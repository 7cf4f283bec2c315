package org.rtda.messaging;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A broker that takes a record or refuses it for good. */
final class RefusingBroker extends MockProducer<String, byte[]> {
    private final Function<ProducerRecord<String, byte[]>, KafkaException> refusal;
    private final List<ProducerRecord<String, byte[]>> taken = new CopyOnWriteArrayList<>();

    /** @param refusal of a record; null where it is taken */
    RefusingBroker(Function<ProducerRecord<String, byte[]>, KafkaException> refusal) {
        this.refusal = refusal;
    }

    Publisher publisher() {
        return new Publisher(this);
    }

    List<ProducerRecord<String, byte[]>> taken() {
        return taken;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<String, byte[]> published, Callback told) {
        KafkaException refused = refusal.apply(published);
        if (refused == null) {
            taken.add(published);
        }
        RecordMetadata where = new RecordMetadata(new TopicPartition(published.topic(), 0), 0, 0, 0, 0, 0);
        told.onCompletion(where, refused);
        return CompletableFuture.completedFuture(where);
    }
}
