package org.rtda.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentAttempt;
import org.rtda.contracts.ExperimentAttempt.Phase;
import org.rtda.contracts.Topic;

class ViewFeedTest {
    private final ViewEvents events = new ViewEvents("exp-1");
    private final ExperimentViews views = new ExperimentViews(1000, 10_000);
    private final ViewCatchUp catchUp = new ViewCatchUp();
    private final ViewFeed feed = new ViewFeed(views, catchUp);

    private static ConsumerRecord<byte[], byte[]> of(Topic topic, long offset, byte[] value) {
        return new ConsumerRecord<>(topic.topicName(), 0, offset, "key".getBytes(StandardCharsets.UTF_8), value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> letter(long offset, String experiment, Topic origin, long at) {
        ConsumerRecord<byte[], byte[]> letter = of(Topic.DEAD_LETTERS, offset, bytes("rubbish"));
        if (experiment != null) {
            letter.headers().add(Topic.EXPERIMENT_HEADER, bytes(experiment));
        }
        letter.headers().add(Topic.DEAD_LETTER_REASON_HEADER, bytes("not a valid TrainingMetric"));
        letter.headers().add(Topic.DEAD_LETTER_TOPIC_HEADER, bytes(origin.topicName()));
        letter.headers().add(Topic.DEAD_LETTER_PARTITION_HEADER, bytes("0"));
        letter.headers().add(Topic.DEAD_LETTER_OFFSET_HEADER, bytes(Long.toString(at)));
        return letter;
    }

    @Test
    void aRecordThatDoesNotParseIsRefusedAndTheNextOneIsTaken() {
        catchUp.begin(Map.of());
        List<byte[]> rubbish = List.of(
                bytes("{"),
                bytes("null"),
                new byte[0],
                bytes("{\"type\":\"unheard\"}"),
                bytes("{\"type\":\"submit\",\"experimentId\":\"exp-1\"}"),
                bytes("[]"));
        for (int i = 0; i < rubbish.size(); i++) {
            assertThat(feed.take(of(Topic.EXPERIMENTS, i, rubbish.get(i)))).isFalse();
        }
        assertThat(feed.take(of(Topic.EXPERIMENTS, 6, null))).isFalse();
        assertThat(feed.take(of(Topic.EXPERIMENTS, 7, EventCodec.write(events.submit()))))
                .isTrue();

        assertThat(views.read("exp-1", ExperimentView::id)).hasValue("exp-1");
        assertThat(feed.newlyRefused()).hasSize(7).allMatch(r -> !r.reason().isBlank());
        assertThat(feed.newlyRefused()).isEmpty();
    }

    @Test
    void anAttemptThatNobodyCanReadIsRefusedAndOneThatCanBeReadIsNoPartOfTheView() {
        catchUp.begin(Map.of());
        ExperimentAttempt attempt =
                new ExperimentAttempt("exp-1/1/BEGUN", Instant.EPOCH, 1, "exp-1", 1, "trainer", Phase.BEGUN, 0, null);

        assertThat(feed.take(of(Topic.EXPERIMENT_ATTEMPTS, 0, EventCodec.write(attempt))))
                .isTrue();
        assertThat(feed.take(of(Topic.EXPERIMENT_ATTEMPTS, 1, bytes("x".repeat(1_500_000)))))
                .isFalse();

        assertThat(views.read("exp-1", ExperimentView::id)).isEmpty();
        assertThat(feed.newlyRefused()).singleElement().satisfies(refused -> assertThat(refused.origin())
                .isEqualTo("experiment-attempts/0/1"));
    }

    @Test
    void aRefusedRecordThatIsAmongTheDeadLettersIsNotSentAgainAfterARestart() {
        feed.take(of(Topic.TRAINING_METRICS, 3, bytes("{")));
        feed.take(of(Topic.TRAINING_METRICS, 4, bytes("{")));
        assertThat(feed.newlyRefused()).as("before the view has caught up").isEmpty();
        feed.take(letter(0, null, Topic.TRAINING_METRICS, 3));
        catchUp.begin(Map.of());

        assertThat(feed.newlyRefused()).extracting(ViewFeed.Refused::origin).containsExactly("training-metrics/0/4");
    }

    @Test
    void aRecordThatSeveralServicesRefusedCountsOnceAndIsShownAtItsExperiment() {
        feed.take(of(Topic.EXPERIMENTS, 0, EventCodec.write(events.submit())));
        feed.take(letter(0, "exp-1", Topic.EXPERIMENTS, 9));
        feed.take(letter(1, "exp-1", Topic.EXPERIMENTS, 9));
        feed.take(letter(2, "not/a/name", Topic.EXPERIMENTS, 10));

        assertThat(views.deadLetters().count()).isEqualTo(2);
        assertThat(views.read("exp-1", ExperimentView::deadLetters).orElseThrow())
                .singleElement()
                .satisfies(l -> {
                    assertThat(l.reason()).isEqualTo("not a valid TrainingMetric");
                    assertThat(l.origin()).isEqualTo("experiments/0/9");
                });
    }

    @Test
    void aForeignDeadLetterWithoutHeadersIsCountedToo() {
        feed.take(of(Topic.DEAD_LETTERS, 0, null));
        feed.take(of(Topic.DEAD_LETTERS, 1, bytes("x")));
        assertThat(views.deadLetters().newest(10)).hasSize(2).allMatch(l -> l.reason()
                .equals("no reason given"));
    }

    @Test
    void theViewHasCaughtUpOnceTheLastRecordOfEachPartitionWasSeen() {
        TopicPartition one = new TopicPartition("experiments", 0);
        TopicPartition other = new TopicPartition("checkpoints", 3);
        assertThat(catchUp.isDone()).as("before the ends are known").isFalse();
        catchUp.seen(other, 5);
        catchUp.begin(Map.of(one, 1L, other, 5L));
        assertThat(catchUp.partitionsLeft()).isEqualTo(1);

        feed.take(of(Topic.EXPERIMENTS, 0, bytes("{")));
        assertThat(catchUp.isDone()).isFalse();
        feed.take(of(Topic.EXPERIMENTS, 1, EventCodec.write(events.submit())));
        assertThat(catchUp.isDone()).isTrue();
    }

    @Test
    void memoryIsBoundedOverAllExperimentsByThinningTheLongest() {
        ExperimentViews small = new ExperimentViews(1000, 150);
        for (long step = 1; step <= 100; step++) {
            small.apply(events.training(1, step));
        }
        ViewEvents second = new ViewEvents("exp-2");
        small.apply(events.submit());
        small.apply(second.submit());
        for (long step = 1; step <= 60; step++) {
            small.apply(second.training(1, step));
        }

        assertThat(small.read("exp-1", ExperimentView::trainingSize)).hasValue(51);
        assertThat(small.read("exp-2", ExperimentView::trainingSize)).hasValue(60);
    }
}
