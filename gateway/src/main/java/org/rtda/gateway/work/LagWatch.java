package org.rtda.gateway.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.gateway.problem.ProblemException;

/**
 * Asks the broker at intervals how many records wait for each group of workers and how many workers there are. Workers
 * cannot report this: none knows it of its share group, and when all are gone none is left.
 */
public final class LagWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LagWatch.class);

    private final Supplier<List<WorkerGroup>> groups;
    private final Consumer<List<WorkerGroup>> seen;
    private final MultiGauge lag;
    private final MultiGauge members;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "lag-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param groups asks the broker; fails with a {@link ProblemException} while it does not answer
     * @param seen is told of each look
     */
    public LagWatch(Supplier<List<WorkerGroup>> groups, Consumer<List<WorkerGroup>> seen, MeterRegistry meters) {
        this.groups = groups;
        this.seen = seen;
        this.lag = MultiGauge.builder("rtda.consumer.lag")
                .description("records that a group of workers has not finished: those that wait and those in work")
                .register(meters);
        this.members = MultiGauge.builder("rtda.consumer.members")
                .description(
                        "processes of a share group, or members of a consumer group, that take records of the topic")
                .register(meters);
    }

    public void begin(Duration interval) {
        clock.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** While the broker does not answer nothing is known, so nothing is said. */
    void look() {
        List<WorkerGroup> known;
        try {
            List<WorkerGroup> found = groups.get();
            seen.accept(found);
            known = found.stream().filter(group -> group.lag() != null).toList();
        } catch (RuntimeException | Error e) {
            LOG.debugf("what waits for workers is not known: %s", e.getMessage());
            known = List.of();
        }
        try {
            show(known);
        } catch (RuntimeException | Error e) {
            // whatever it is: a scheduled task that throws is never run again
            LOG.warn("what waits for workers could not be shown as metrics", e);
        }
    }

    private void show(List<WorkerGroup> known) {
        lag.register(
                known.stream()
                        .map(group -> MultiGauge.Row.of(tags(group), group.lag()))
                        .toList(),
                true);
        members.register(
                known.stream()
                        .map(group -> MultiGauge.Row.of(tags(group), group.members()))
                        .toList(),
                true);
    }

    private static Tags tags(WorkerGroup group) {
        return Tags.of("group", group.group(), "topic", group.topic());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
