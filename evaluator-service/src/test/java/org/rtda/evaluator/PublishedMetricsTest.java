package org.rtda.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedMetricsTest {
    private final PublishedMetrics published = new PublishedMetrics();

    private boolean caughtUp() {
        return published.caughtUp().toCompletableFuture().isDone();
    }

    @Test
    void itIsCompleteWhenEveryPartitionWasReadToWhereItEndedAtAssignment() {
        published.assigned(Map.of(0, new OffsetRange(0, 2), 1, new OffsetRange(5, 6), 2, new OffsetRange(9, 9)));

        published.seen(0, 1);
        assertThat(caughtUp()).isFalse();
        published.seen(1, 5);
        assertThat(caughtUp()).isTrue();
    }

    @Test
    void anEmptyTopicIsCompleteAtOnceButNotBeforeAnythingIsAssigned() {
        published.assigned(Map.of());
        assertThat(caughtUp()).isFalse();

        published.assigned(Map.of(0, new OffsetRange(0, 0)));
        assertThat(caughtUp()).isTrue();
    }

    @Test
    void idsAreRemembered() {
        published.add("exp/epoch-00001/clean/result");

        assertThat(published.contains("exp/epoch-00001/clean/result")).isTrue();
        assertThat(published.contains("exp/epoch-00002/clean/result")).isFalse();
    }
}
