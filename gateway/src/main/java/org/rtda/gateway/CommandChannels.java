package org.rtda.gateway;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.command.CommandSender;
import org.rtda.gateway.command.EvaluationSender;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.messaging.DeadLetterOffice;

/** The messages that this service sends. Each method returns once the broker has the record. */
@ApplicationScoped
class CommandChannels implements CommandSender, EvaluationSender {
    /** Longer than the producer's own delivery timeout, whose message says more. */
    private static final Duration LONGEST_SEND = Duration.ofSeconds(15);

    private final MutinyEmitter<byte[]> experiments;
    private final MutinyEmitter<byte[]> evaluations;
    private final MutinyEmitter<byte[]> deadLetters;
    private final String address;

    CommandChannels(
            @Channel("experiments") MutinyEmitter<byte[]> experiments,
            @Channel("evaluation-commands") MutinyEmitter<byte[]> evaluations,
            @Channel("dead-letters") MutinyEmitter<byte[]> deadLetters,
            @ConfigProperty(name = "kafka.bootstrap.servers") String address) {
        this.experiments = experiments;
        this.evaluations = evaluations;
        this.deadLetters = deadLetters;
        this.address = address;
    }

    @Override
    public void send(ExperimentCommand command) {
        sendEvent(experiments, command);
    }

    @Override
    public void send(EvaluationCommand command) {
        sendEvent(evaluations, command);
    }

    private void sendEvent(MutinyEmitter<byte[]> channel, Event event) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topic.EXPERIMENT_HEADER, bytes(event.experimentId()));
        send(channel, bytes(event.experimentId()), EventCodec.write(event), headers);
    }

    /** Sends the record as it came, with the reason and where it was, as SmallRye's own dead letters do. */
    void sendDeadLetter(ConsumerRecord<byte[], byte[]> refused, String reason) {
        RecordHeaders headers = new RecordHeaders();
        for (Header header : refused.headers()) {
            headers.add(header);
        }
        headers.add(Topic.DEAD_LETTER_REASON_HEADER, bytes(reason));
        headers.add(Topic.DEAD_LETTER_TOPIC_HEADER, bytes(refused.topic()));
        headers.add(Topic.DEAD_LETTER_PARTITION_HEADER, bytes(String.valueOf(refused.partition())));
        headers.add(Topic.DEAD_LETTER_OFFSET_HEADER, bytes(String.valueOf(refused.offset())));
        byte[] key = refused.key() == null ? bytes(refused.topic()) : refused.key();
        byte[] value = refused.value() == null ? new byte[0] : refused.value();
        if (value.length > DeadLetterOffice.VALUE_LIMIT) {
            headers.add(Topic.DEAD_LETTER_SIZE_HEADER, bytes(String.valueOf(value.length)));
            value = Arrays.copyOf(value, DeadLetterOffice.VALUE_LIMIT);
        }
        send(deadLetters, key, value, headers);
    }

    private void send(MutinyEmitter<byte[]> channel, byte[] key, byte[] value, RecordHeaders headers) {
        try {
            channel.sendMessage(Message.of(value)
                            .addMetadata(OutgoingKafkaRecordMetadata.<byte[]>builder()
                                    .withKey(key)
                                    .withHeaders(headers)
                                    .build()))
                    .await()
                    .atMost(LONGEST_SEND);
        } catch (TimeoutException e) {
            throw gone("no answer within " + LONGEST_SEND.toSeconds() + " s", e);
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw gone(String.valueOf(cause.getMessage()), e);
        }
    }

    private ProblemException gone(String why, RuntimeException e) {
        return ProblemException.unavailable(
                "the broker at " + address + " did not take the record (" + why + "); it may be sent again", e);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
