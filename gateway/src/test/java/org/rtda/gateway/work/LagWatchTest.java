package org.rtda.gateway.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rtda.gateway.problem.ProblemException;

class LagWatchTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Supplier<List<WorkerGroup>> broker = List::of;
    private final List<List<WorkerGroup>> looks = new ArrayList<>();
    private final LagWatch watch = new LagWatch(() -> broker.get(), looks::add, meters);

    @AfterEach
    void close() {
        watch.close();
    }

    private double gauge(String name) {
        return meters.get(name).tag("group", "augment-requests-workers").gauge().value();
    }

    @Test
    void lagAndMembersFollowWhatTheBrokerSays() {
        broker = () -> List.of(new WorkerGroup("augment-requests-workers", "augment-requests", 2, 17L, 1, 40L));
        watch.look();
        assertThat(gauge("rtda.consumer.lag")).isEqualTo(17);
        assertThat(gauge("rtda.consumer.members")).isEqualTo(2);

        broker = () -> List.of(new WorkerGroup("augment-requests-workers", "augment-requests", 0, 23L, 1, 40L));
        watch.look();
        assertThat(gauge("rtda.consumer.lag")).isEqualTo(23);
        assertThat(gauge("rtda.consumer.members")).isZero();
    }

    @Test
    void aGroupThatRecordsNoProgressHasNoLag() {
        broker = () -> List.of(new WorkerGroup("trainer-1", "adversarial-batches", 1, null, 4, null));
        watch.look();
        assertThat(meters.find("rtda.consumer.lag").gauges()).isEmpty();
    }

    @Test
    void nothingIsSaidWhileTheBrokerDoesNotAnswer() {
        broker = () -> List.of(new WorkerGroup("augment-requests-workers", "augment-requests", 2, 17L, 1, 40L));
        watch.look();
        broker = () -> {
            throw ProblemException.unavailable("the broker did not answer", null);
        };
        watch.look();
        assertThat(meters.find("rtda.consumer.lag").gauges()).isEmpty();
        assertThat(looks).hasSize(1);
    }

    /** A scheduled task that throws is never run again: scaling would follow for ever what was last seen. */
    @Test
    void aLookThatBreaksInAWayThatNobodyForesawIsFollowedByAnother() {
        broker = () -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        watch.look();
        broker = () -> List.of(new WorkerGroup("augment-requests-workers", "augment-requests", 2, 17L, 1, 40L));
        meters.config().onMeterAdded(added -> {
            throw new IllegalArgumentException("other labels were given before");
        });
        watch.look();

        assertThat(looks).hasSize(1);
    }
}
