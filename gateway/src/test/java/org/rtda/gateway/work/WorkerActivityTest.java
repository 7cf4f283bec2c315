package org.rtda.gateway.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerActivityTest {
    private static final Instant BEGIN = Instant.parse("2026-11-02T10:00:00Z");

    private Instant now = BEGIN;
    private final WorkerActivity activity = new WorkerActivity(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    });

    private static WorkerGroup attackers(int members, Long done) {
        return new WorkerGroup(
                "attack-requests-workers", "attack-requests", members, done == null ? null : 4L, 1, done);
    }

    private SeenWorkerGroup told(long seconds, int members, Long done) {
        now = BEGIN.plusSeconds(seconds);
        return activity.told(List.of(attackers(members, done))).get(0);
    }

    @Test
    void whatIsDoneBetweenTwoLooksIsTheRate() {
        assertThat(told(0, 1, 100L).donePerMinute()).isNull();
        // 30 in half a minute
        assertThat(told(30, 1, 130L).donePerMinute()).isEqualTo(60);
        // 30 in a minute and a half
        assertThat(told(90, 1, 130L).donePerMinute()).isEqualTo(20);
    }

    @Test
    void whatWasDoneLongAgoIsNoPartOfTheRate() {
        told(0, 1, 0L);
        told(10, 1, 600L);
        assertThat(told(300, 1, 629L).donePerMinute()).isEqualTo(629 / 5.0);
        // since second 10, five minutes before
        assertThat(told(310, 1, 630L).donePerMinute()).isEqualTo(30 / 5.0);
    }

    @Test
    void aTopicThatWasMadeAnewCountsFromItsBeginning() {
        told(0, 1, 100L);
        assertThat(told(60, 1, 3L).donePerMinute()).isNull();
        assertThat(told(120, 1, 8L).donePerMinute()).isEqualTo(5);
    }

    @Test
    void whoHasGoneWasLastThereWhenItWasSeen() {
        assertThat(told(0, 0, 0L).lastSeen()).isNull();
        told(10, 2, 0L);
        assertThat(told(70, 0, 0L).lastSeen()).isEqualTo(BEGIN.plusSeconds(10));
    }

    @Test
    void aGroupThatRecordsNoProgressHasNoRate() {
        told(0, 1, null);
        assertThat(told(60, 1, null).donePerMinute()).isNull();
    }

    @Test
    void ofAGroupThatTheBrokerNoLongerHasNothingIsKept() {
        told(0, 1, 7L);
        activity.seen(List.of());
        assertThat(told(60, 0, 9L))
                .extracting(SeenWorkerGroup::lastSeen, SeenWorkerGroup::donePerMinute)
                .containsExactly(null, null);
    }
}
