package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokerWatchTest {
    private static final Logger LOGGER = Logger.getLogger(BrokerWatch.class.getName());

    private final List<String> said = new ArrayList<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord spoken) {
            said.add(spoken.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
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

    @BeforeEach
    void listen() {
        LOGGER.addHandler(ear);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void close() {
        LOGGER.removeHandler(ear);
        watch.close();
    }

    @Test
    void nothingIsSaidWhileTheBrokerAnswers() {
        watch.look();
        watch.look();
        assertThat(said).isEmpty();
        assertThat(watch.awayFor()).isZero();
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
        assertThat(said)
                .containsExactly("waiting for the broker at kafka:9092, which has not answered for 5 s;"
                        + " work goes on when it does");

        answers = true;
        watch.look();
        assertThat(watch.awayFor()).isZero();
        assertThat(said).hasSize(2).last().isEqualTo("the broker at kafka:9092 answers again, after 15 s");
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
        assertThat(said).hasSize(6);
    }
}
