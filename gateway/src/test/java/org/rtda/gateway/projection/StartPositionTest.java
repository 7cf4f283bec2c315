package org.rtda.gateway.projection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.gateway.database.TopicPosition;

class StartPositionTest {
    private static final TopicPosition STORED = new TopicPosition("checkpoints", 2, "topic-1", 40);

    private static StartPosition of(TopicPosition stored, String topicId, long begin, long end) {
        return StartPosition.of(stored, "checkpoints", 2, topicId, begin, end);
    }

    @Test
    void goesOnWhereItStopped() {
        assertThat(of(STORED, "topic-1", 0, 40)).isEqualTo(new StartPosition(STORED, null));
        assertThat(of(STORED, "topic-1", 40, 90)).isEqualTo(new StartPosition(STORED, null));
    }

    @Test
    void whatWasNeverReadIsReadFromItsBeginning() {
        assertThat(of(null, "topic-1", 3, 9))
                .isEqualTo(new StartPosition(new TopicPosition("checkpoints", 2, "topic-1", 3), null));
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginningEvenWhereItIsLongerThanTheFormerOne() {
        StartPosition start = of(STORED, "topic-2", 0, 90);

        assertThat(start.position()).isEqualTo(new TopicPosition("checkpoints", 2, "topic-2", 0));
        assertThat(start.surprise()).startsWith("checkpoints-2 was made anew since it was read last");
    }

    @Test
    void recordsThatWereRemovedBeforeTheyWereReadAreCounted() {
        StartPosition start = of(STORED, "topic-1", 47, 90);

        assertThat(start.position().nextOffset()).isEqualTo(47);
        assertThat(start.surprise()).contains("7 records were removed before any gateway read them");
    }

    @Test
    void aTopicThatEndsBeforeTheStoredPositionHasLostRecords() {
        StartPosition start = of(STORED, "topic-1", 5, 39);

        assertThat(start.position().nextOffset()).isEqualTo(5);
        assertThat(start.surprise()).contains("the broker has lost records");
    }
}
