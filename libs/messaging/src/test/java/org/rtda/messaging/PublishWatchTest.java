package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rtda.testkit.CapturedLog;

class PublishWatchTest {
    @RegisterExtension
    final CapturedLog log = CapturedLog.of(PublishWatch.class);

    private List<Publisher.Waiting> waiting = List.of();
    private Duration brokerAway = Duration.ZERO;
    private String cause = "the broker has no topic of this name";
    private long now;
    private final PublishWatch watch =
            new PublishWatch(() -> waiting, () -> brokerAway, topic -> cause, () -> now, () -> {});

    @AfterEach
    void close() {
        watch.close();
    }

    private static long seconds(int number) {
        return Duration.ofSeconds(number).toNanos();
    }

    private static Publisher.Waiting sentAt(int second, String topic) {
        return new Publisher.Waiting(topic, seconds(second), null);
    }

    private void lookAt(int second) {
        now = seconds(second);
        watch.look();
    }

    @Test
    void aRecordThatIsNotTakenForHalfAMinuteIsToldOnceWithTopicAndCauseAndOnceWhenItIsOver() {
        waiting = List.of(sentAt(1, "checkpoints"), sentAt(2, "checkpoints"));
        lookAt(30);
        assertThat(log.messages()).isEmpty();
        assertThat(watch.longest()).isZero();

        lookAt(31);
        lookAt(36);
        lookAt(41);
        assertThat(log.messages())
                .containsExactly(
                        "the broker has not taken a record of topic checkpoints for 30 s: the broker has no topic of this"
                                + " name; it is sent again until it is taken");
        assertThat(watch.longest()).isEqualTo(Duration.ofSeconds(40));
        assertThat(watch.causes()).isEqualTo(Map.of("checkpoints", "the broker has no topic of this name"));

        // others of the topic are under way, as they always are
        waiting = List.of(sentAt(45, "checkpoints"));
        lookAt(46);
        assertThat(log.messages())
                .hasSize(2)
                .last()
                .isEqualTo("no record of topic checkpoints waits any more, after 45 s");
        assertThat(watch.longest()).isZero();
        assertThat(watch.causes()).isEmpty();
    }

    @Test
    void anotherCauseIsToldAndARefusalIsACauseOfItsOwn() {
        waiting = List.of(sentAt(0, "checkpoints"));
        lookAt(30);
        cause = "partition 3 has no leader";
        lookAt(35);
        waiting = List.of(new Publisher.Waiting("checkpoints", 0, "not authorized"));
        lookAt(40);

        assertThat(log.messages()).hasSize(3);
        assertThat(log.messages().get(1)).contains("for 35 s: partition 3 has no leader;");
        assertThat(log.messages().get(2)).contains("for 40 s: not authorized;");
    }

    @Test
    void whileTheBrokerIsAwayNothingIsToldAndWhatWaitedHasHalfAMinuteAfterwards() {
        waiting = List.of(sentAt(0, "checkpoints"));
        brokerAway = Duration.ofSeconds(5);
        lookAt(60);
        brokerAway = Duration.ZERO;
        lookAt(89);
        assertThat(log.messages()).isEmpty();

        lookAt(90);
        assertThat(log.messages()).hasSize(1);
        assertThat(watch.longest()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatIsNotTakenBeforeAndAfterAnAbsenceOfTheBrokerIsToldOnce() {
        waiting = List.of(sentAt(0, "checkpoints"));
        lookAt(30);
        brokerAway = Duration.ofSeconds(5);
        lookAt(35);
        brokerAway = Duration.ZERO;
        lookAt(40);

        assertThat(log.messages()).hasSize(1);
        assertThat(watch.longest()).isEqualTo(Duration.ofSeconds(40));
    }

    /** A scheduled task that throws is never run again. */
    @Test
    void aLookThatBreaksIsFollowedByAnother() {
        waiting = null;
        assertThatCode(() -> lookAt(30)).doesNotThrowAnyException();
        waiting = List.of(sentAt(0, "checkpoints"));
        lookAt(35);

        assertThat(log.messages()).hasSize(1);
    }

    @Test
    void aPartitionWithoutLeaderAndOneWithTooFewReplicasAreNamed() {
        Node one = new Node(1, "one", 9092);
        Node two = new Node(2, "two", 9092);
        TopicPartitionInfo whole = new TopicPartitionInfo(0, one, List.of(one, two), List.of(one, two));

        assertThat(TopicQuestion.whyNot(described(whole, new TopicPartitionInfo(1, null, List.of(one), List.of()))))
                .startsWith("partition 1 has no leader");
        assertThat(TopicQuestion.whyNot(
                        described(whole, new TopicPartitionInfo(1, one, List.of(one, two), List.of(one)))))
                .startsWith("partition 1 has 1 of 2 replicas in sync");
        assertThat(TopicQuestion.whyNot(described(whole))).startsWith("the broker gives no reason");
    }

    private static TopicDescription described(TopicPartitionInfo... partitions) {
        return new TopicDescription("checkpoints", false, List.of(partitions));
    }
}
