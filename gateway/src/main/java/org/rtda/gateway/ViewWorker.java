package org.rtda.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.rtda.contracts.Topic;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.DeadLetter;
import org.rtda.gateway.view.ViewFeed;

/** Reads the topics from their beginning, all on one channel, so that one thread at a time updates the view. */
@ApplicationScoped
class ViewWorker {
    private static final Logger LOG = Logger.getLogger(ViewWorker.class);

    private final ViewFeed feed;
    private final CommandChannels channels;
    private final MeterRegistry meters;

    ViewWorker(ViewFeed feed, CommandChannels channels, MeterRegistry meters) {
        this.feed = feed;
        this.channels = channels;
        this.meters = meters;
    }

    /** Every series from 0, so that the first record is an increase and not a new series. */
    void countFromZero(@Observes StartupEvent started) {
        for (Topic topic : ViewFeed.TOPICS) {
            records(topic.topicName(), true);
            records(topic.topicName(), false);
        }
    }

    private Counter records(String topic, boolean taken) {
        return meters.counter("rtda.view.records", "topic", topic, "taken", String.valueOf(taken));
    }

    @Incoming("view")
    @Blocking
    void follow(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> kafkaRecord : records) {
            boolean taken = feed.take(kafkaRecord);
            records(kafkaRecord.topic(), taken).increment();
        }
        for (ViewFeed.Refused refused : feed.newlyRefused()) {
            sendLetter(refused);
        }
    }

    private void sendLetter(ViewFeed.Refused refused) {
        try {
            channels.sendDeadLetter(refused.kafkaRecord(), refused.reason());
            LOG.warnf(
                    "record %s went to the dead letters: %s (experiment %s)",
                    refused.origin(),
                    refused.reason(),
                    DeadLetter.header(refused.kafkaRecord(), Topic.EXPERIMENT_HEADER));
        } catch (ProblemException brokerGone) {
            feed.keep(refused);
            LOG.warnf("dead letter for record %s waits: %s", refused.origin(), brokerGone.getMessage());
        }
    }
}
