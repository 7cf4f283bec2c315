package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.view.ExperimentViews;
import org.rtda.gateway.view.ViewEvents;

class EventStreamTest {
    private final ViewEvents events = new ViewEvents("exp-1");
    private final ExperimentViews views = new ExperimentViews(1000, 10_000);
    private final EventStream streams = new EventStream(views, 8);

    @BeforeEach
    void anExperimentUnderWay() {
        views.apply(events.submit());
        views.apply(events.status(1, State.RUNNING, 1));
        views.apply(events.training(1, 1));
        views.apply(events.training(1, 2));
        views.apply(events.measured(1, false, ViewEvents.CLEAN, 0.5));
    }

    @Test
    void beginsWithWhatIsKnownAndGoesOnWithWhatComes() {
        AssertSubscriber<Event> reader = AssertSubscriber.create(Long.MAX_VALUE);
        streams.of("exp-1", true).orElseThrow().subscribe(reader);
        views.apply(events.training(1, 3));
        views.apply(events.training(1, 3));
        new ExperimentViews(10, 1000).apply(new ViewEvents("exp-2").training(1, 9));

        assertThat(reader.getItems())
                .containsExactly(
                        events.status(1, State.RUNNING, 1),
                        events.training(1, 1),
                        events.training(1, 2),
                        events.measured(1, false, ViewEvents.CLEAN, 0.5),
                        events.training(1, 3));
        reader.cancel();
        assertThat(views.followers()).isZero();
    }

    @Test
    void fromNowLeavesOutWhatIsKnown() {
        AssertSubscriber<Event> reader = AssertSubscriber.create(Long.MAX_VALUE);
        streams.of("exp-1", false).orElseThrow().subscribe(reader);
        views.apply(events.training(1, 3));

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
            views.apply(events.training(1, step));
        }

        slow.request(Long.MAX_VALUE);
        slow.assertFailedWith(BackPressureFailure.class);
        assertThat(quick.getItems()).hasSize(4 + 37);
        assertThat(views.followers()).isEqualTo(1);
        quick.cancel();
        assertThat(views.followers()).isZero();
    }

    @Test
    void thereIsNoStreamOfAnExperimentThatNobodySubmitted() {
        views.apply(new ViewEvents("exp-2").training(1, 1));
        assertThat(streams.of("exp-2", true)).isEmpty();
        assertThat(views.followers()).isZero();
    }
}
