package org.rtda.gateway;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.rtda.contracts.AuditEntry;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.command.CommandSender;
import org.rtda.gateway.command.EvaluationSender;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.security.AuditSender;
import org.rtda.messaging.DeadLetterHandler;
import org.rtda.messaging.EventRecords;

/** The messages that this service sends. Each method returns once the broker has the record. */
@ApplicationScoped
class CommandChannels implements CommandSender, EvaluationSender, AuditSender {
    /** Longer than the producer's own delivery timeout, whose message says more. */
    private static final Duration LONGEST_SEND = Duration.ofSeconds(15);

    private final MutinyEmitter<byte[]> experiments;
    private final MutinyEmitter<byte[]> evaluations;
    private final MutinyEmitter<byte[]> deadLetters;
    private final MutinyEmitter<byte[]> auditLog;
    private final String address;

    CommandChannels(
            @Channel("experiments") MutinyEmitter<byte[]> experiments,
            @Channel("evaluation-commands") MutinyEmitter<byte[]> evaluations,
            @Channel("dead-letters") MutinyEmitter<byte[]> deadLetters,
            @Channel("audit-log") MutinyEmitter<byte[]> auditLog,
            @ConfigProperty(name = "kafka.bootstrap.servers") String address) {
        this.experiments = experiments;
        this.evaluations = evaluations;
        this.deadLetters = deadLetters;
        this.auditLog = auditLog;
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

    @Override
    public void send(AuditEntry entry) {
        send(auditLog, bytes(entry.id()), EventCodec.write(entry), new RecordHeaders());
    }

    private void sendEvent(MutinyEmitter<byte[]> channel, Event event) {
        send(
                channel,
                bytes(event.experimentId()),
                EventCodec.write(event),
                new RecordHeaders(EventRecords.headers(event)));
    }

    /** Sends the letter of a record, with as much of the record as the broker takes. */
    void sendDeadLetter(ConsumerRecord<byte[], byte[]> refused, String reason) {
        List<ProducerRecord<String, byte[]>> versions = DeadLetterHandler.letters(withKeyAsText(refused), reason);
        for (int version = 0; ; version++) {
            ProducerRecord<String, byte[]> letter = versions.get(version);
            try {
                send(
                        deadLetters,
                        bytes(letter.key()),
                        letter.value() == null ? new byte[0] : letter.value(),
                        new RecordHeaders(letter.headers()));
                return;
            } catch (ProblemException e) {
                if (!isTooLarge(e) || version == versions.size() - 1) {
                    throw e;
                }
            }
        }
    }

    private static ConsumerRecord<String, byte[]> withKeyAsText(ConsumerRecord<byte[], byte[]> received) {
        ConsumerRecord<String, byte[]> converted = new ConsumerRecord<>(
                received.topic(),
                received.partition(),
                received.offset(),
                received.key() == null ? null : new String(received.key(), StandardCharsets.UTF_8),
                received.value());
        received.headers().forEach(converted.headers()::add);
        return converted;
    }

    private static boolean isTooLarge(Throwable refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
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
