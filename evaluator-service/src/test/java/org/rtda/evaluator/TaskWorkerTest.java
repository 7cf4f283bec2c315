package org.rtda.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.EnvironmentFailure;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.RecordedEvents;
import org.rtda.evaluator.lifecycle.CancelledEvaluations;
import org.rtda.evaluator.lifecycle.EvaluationPlan;
import org.rtda.evaluator.lifecycle.PublishedMetrics;
import org.rtda.evaluator.lifecycle.TaskRunner;
import org.rtda.messaging.Delivery;
import org.rtda.service.WorkProgress;

class TaskWorkerTest {
    private final RecordedEvents events = new RecordedEvents();
    private final PublishedMetrics published = new PublishedMetrics();
    private RuntimeException behind;

    private static final class NotFollowed extends RuntimeException implements EnvironmentFailure {
        private static final long serialVersionUID = 1L;
    }

    private static Delivery unreadableTask() {
        return new Delivery(new ConsumerRecord<>(
                "evaluation-requests",
                0,
                7,
                0,
                TimestampType.CREATE_TIME,
                1,
                1,
                "exp/epoch-00005/clean/task",
                "no JSON".getBytes(StandardCharsets.UTF_8),
                new RecordHeaders(),
                Optional.empty(),
                Optional.of((short) 1)));
    }

    private TaskWorker worker() {
        published.received(new EvaluationPlan(
                        EvaluatorFixtures.checkpoint(5, true, EvaluatorFixtures.spec()),
                        "exp/epoch-00005",
                        "quick",
                        0,
                        List.of(Condition.clean("val")))
                .planned(EvaluatorFixtures.NOW));
        CancelledEvaluations cancelled = new CancelledEvaluations();
        TaskRunner runner = new TaskRunner(
                task -> {
                    throw new AssertionError("nothing was to be measured");
                },
                published,
                cancelled,
                events,
                new WorkProgress(),
                Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC),
                Runnable::run,
                new SimpleMeterRegistry());
        FollowWorker follow = new FollowWorker(published, cancelled, runner, null, null, null, Map.of()) {
            @Override
            void awaitMetrics() {
                if (behind != null) {
                    throw behind;
                }
            }
        };
        return new TaskWorker(runner, follow, null, null);
    }

    @Test
    void theConditionOfATaskThatCannotBeReadIsAnsweredBeforeItsLetterIsWritten() {
        TaskWorker worker = worker();

        assertThatThrownBy(() -> worker.measure(unreadableTask())).isInstanceOf(InvalidMessageException.class);
        assertThat(events.metrics)
                .singleElement()
                .isInstanceOfSatisfying(RobustnessMetric.Failed.class, failed -> assertThat(failed.reason())
                        .startsWith("the task is a dead letter, since it cannot be read or answered (not a valid"));
    }

    /** With the letter written, nobody would come back to the condition, and its evaluation would stay open. */
    @Test
    void anEvaluatorThatIsFarBehindLeavesTheTaskToOthersAndWritesNoLetter() {
        TaskWorker worker = worker();
        behind = new NotFollowed();

        assertThatThrownBy(() -> worker.measure(unreadableTask())).isSameAs(behind);
        assertThat(events.metrics).isEmpty();
    }
}
