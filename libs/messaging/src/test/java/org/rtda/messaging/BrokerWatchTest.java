package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rtda.testkit.CapturedLog;

class BrokerWatchTest {
    @RegisterExtension
    final CapturedLog log = CapturedLog.of(BrokerWatch.class);

    private boolean answers = true;
    private Error broken;
    private long now;

    /** An unanswered question takes five seconds. */
    private final BrokerWatch watch = new BrokerWatch(
            "kafka:9092",
            new BrokerWatch.Question() {
                @Override
                public boolean isAnswered() {
                    if (broken != null) {
                        throw broken;
                    }
                    now += answers ? 0 : Duration.ofSeconds(5).toNanos();
                    return answers;
                }

                @Override
                public void close() {}
            },
            () -> now);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void nothingIsSaidWhileTheBrokerAnswers() {
        watch.look();
        watch.look();
        assertThat(log.messages()).isEmpty();
        assertThat(watch.awayFor()).isZero();
    }

    /** Queues give up their consumers then, which one late answer of a busy machine is no reason for. */
    @Test
    void theBrokerIsAwayAfterTwoQuestionsInARowWithoutAnAnswer() {
        answers = false;
        watch.look();
        assertThat(watch.isAway()).isFalse();
        watch.look();
        assertThat(watch.isAway()).isTrue();
        answers = true;
        watch.look();
        assertThat(watch.isAway()).isFalse();
    }

    @Test
    void oneLineIsSaidWhenItBeginsAndOneWhenItIsOver() {
        watch.look();
        answers = false;
        watch.look();
        assertThat(watch.awayFor()).isEqualTo(Duration.ofSeconds(5));
        watch.look();
        watch.look();
        assertThat(watch.awayFor()).isEqualTo(Duration.ofSeconds(15));
        assertThat(log.messages())
                .containsExactly("waiting for the broker at kafka:9092, which has not answered for 5 s;"
                        + " work goes on when it does");

        answers = true;
        watch.look();
        assertThat(watch.awayFor()).isZero();
        assertThat(log.messages()).hasSize(2).last().isEqualTo("the broker at kafka:9092 answers again, after 15 s");
    }

    /** A scheduled task that throws is never run again: health checks would show for ever what was last seen. */
    @Test
    void aQuestionThatBreaksInAWayThatNobodyForesawIsAnAbsenceAndTheNextOneIsAsked() {
        broken = new OutOfMemoryError("unable to create native thread");
        now = Duration.ofSeconds(1).toNanos();
        watch.look();
        now = Duration.ofSeconds(6).toNanos();
        assertThat(watch.awayFor()).isEqualTo(Duration.ofSeconds(5));

        broken = null;
        watch.look();
        assertThat(watch.awayFor()).isZero();
    }

    @Test
    void everyAbsenceIsSaid() {
        for (int absence = 0; absence < 3; absence++) {
            answers = false;
            watch.look();
            answers = true;
            watch.look();
        }
        assertThat(log.messages()).hasSize(6);
    }
}
