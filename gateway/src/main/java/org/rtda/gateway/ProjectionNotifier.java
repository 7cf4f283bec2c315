package org.rtda.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.rtda.contracts.Topic;
import org.rtda.gateway.database.EventFeed;
import org.rtda.gateway.projection.ProjectionListener;
import org.rtda.gateway.projection.RecordReader;

/** Counts the events that this gateway has projected, and has them sent to the readers of streams without delay. */
@ApplicationScoped
class ProjectionNotifier implements ProjectionListener {
    private final EventFeed feed;
    private final MeterRegistry meters;

    ProjectionNotifier(EventFeed feed, MeterRegistry meters) {
        this.feed = feed;
        this.meters = meters;
    }

    /** Every series from 0, so that the first record is an increase and not a new series. */
    void countFromZero(@Observes StartupEvent started) {
        for (Topic topic : RecordReader.TOPICS) {
            records(topic.topicName(), true);
            records(topic.topicName(), false);
        }
    }

    private Counter records(String topic, boolean taken) {
        return meters.counter("rtda.view.records", "topic", topic, "taken", String.valueOf(taken));
    }

    @Override
    public void projected(String topic, boolean taken) {
        records(topic, taken).increment();
    }

    @Override
    public void changed() {
        feed.look();
    }
}
