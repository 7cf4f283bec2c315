package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.view.ViewEvents;

class EventStreamTest {
    private final ViewEvents events = new ViewEvents("exp-1");
    private final TestReadModel model = new TestReadModel();
    private final EventStream streams = new EventStream(model.feed, 8);

    @BeforeEach
    void anExperimentUnderWay() {
        model.apply(events.submit());
        model.apply(events.status(1, State.RUNNING, 1));
        model.apply(events.training(1, 1));
        model.apply(events.training(1, 2));
        model.apply(events.measured(1, false, ViewEvents.CLEAN, 0.5));
    }

    @Test
    void beginsWithWhatIsKnownAndGoesOnWithWhatComes() {
        AssertSubscriber<Event> reader = AssertSubscriber.create(Long.MAX_VALUE);
        streams.of("exp-1", true).orElseThrow().subscribe(reader);
        model.apply(events.training(1, 3));
        model.apply(events.training(1, 3));
        model.apply(new ViewEvents("exp-2").training(1, 9));

        assertThat(reader.getItems())
                .containsExactly(
                        events.status(1, State.RUNNING, 1),
                        events.training(1, 1),
                        events.training(1, 2),
                        events.measured(1, false, ViewEvents.CLEAN, 0.5),
                        events.training(1, 3));
        reader.cancel();
        assertThat(model.feed.followers()).isZero();
    }

    @Test
    void fromNowLeavesOutWhatIsKnown() {
        AssertSubscriber<Event> reader = AssertSubscriber.create(Long.MAX_VALUE);
        streams.of("exp-1", false).orElseThrow().subscribe(reader);
        model.apply(events.training(1, 3));

        assertThat(reader.getItems()).containsExactly(events.training(1, 3));
        reader.cancel();
    }

    @Test
    void aReaderThatFallsTooFarBehindIsDropped() {
        AssertSubscriber<Event> slow = AssertSubscriber.create(5);
        AssertSubscriber<Event> quick = AssertSubscriber.create(Long.MAX_VALUE);
        streams.of("exp-1", true).orElseThrow().subscribe(slow);
        streams.of("exp-1", true).orElseThrow().subscribe(quick);
        for (long step = 3; step < 40; step++) {
            model.apply(events.training(1, step));
        }

        slow.request(Long.MAX_VALUE);
        slow.assertFailedWith(BackPressureFailure.class);
        assertThat(quick.getItems()).hasSize(4 + 37);
        assertThat(model.feed.followers()).isEqualTo(1);
        quick.cancel();
        assertThat(model.feed.followers()).isZero();
    }

    @Test
    void thereIsNoStreamOfAnExperimentThatNobodySubmitted() {
        model.apply(new ViewEvents("exp-2").training(1, 1));
        assertThat(streams.of("exp-2", true)).isEmpty();
        assertThat(model.feed.followers()).isZero();
    }
}
