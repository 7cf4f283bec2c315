package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.database.FeedMessage;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentEnd;
import org.rtda.gateway.view.ViewEvents;

class EventStreamTest {
    private final ViewEvents events = new ViewEvents("exp-1");
    private final TestReadModel model = new TestReadModel();
    private final EventStream streams = new EventStream(model.feed, 8, 3);

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
        AssertSubscriber<FeedMessage> reader = AssertSubscriber.create(Long.MAX_VALUE);
        streams.of("exp-1", null, true).orElseThrow().subscribe(reader);
        model.apply(events.training(1, 3));
        model.apply(events.training(1, 3));
        model.apply(new ViewEvents("exp-2").training(1, 9));

        assertThat(events(reader))
                .containsExactly(
                        events.status(1, State.RUNNING, 1),
                        events.training(1, 1),
                        events.training(1, 2),
                        events.measured(1, false, ViewEvents.CLEAN, 0.5),
                        events.training(1, 3));
        reader.cancel();
        assertThat(model.feed.followers()).isZero();
    }

    private static List<Event> events(AssertSubscriber<FeedMessage> reader) {
        return reader.getItems().stream().map(FeedMessage::event).toList();
    }

    private AssertSubscriber<FeedMessage> reader(String after) {
        AssertSubscriber<FeedMessage> reader = AssertSubscriber.create(Long.MAX_VALUE);
        streams.of("exp-1", after, true).orElseThrow().subscribe(reader);
        return reader;
    }

    private static String lastPlace(AssertSubscriber<FeedMessage> reader) {
        return reader.getItems().get(reader.getItems().size() - 1).place();
    }

    @Test
    void whoComesBackGetsWhatCameSinceAndNothingAgain() {
        AssertSubscriber<FeedMessage> first = reader(null);
        model.apply(events.training(1, 3));
        first.cancel();
        model.apply(events.training(1, 4));
        model.apply(new ViewEvents("exp-2").training(1, 9));
        model.apply(events.measured(1, false, ViewEvents.NOISE, 0.25));

        AssertSubscriber<FeedMessage> again = reader(lastPlace(first));
        model.apply(events.training(1, 5));
        assertThat(events(again))
                .containsExactly(
                        events.training(1, 4),
                        events.measured(1, false, ViewEvents.NOISE, 0.25),
                        events.training(1, 5));
        again.cancel();
    }

    @Test
    void whatWasKnownAtTheBeginningCanBeGoneOnFromOnlyWhenAllOfItHasCome() {
        AssertSubscriber<FeedMessage> reader = reader(null);

        assertThat(reader.getItems()).hasSize(4);
        assertThat(reader.getItems().subList(0, 3)).allMatch(message -> message.place() == null);
        AssertSubscriber<FeedMessage> again = reader(lastPlace(reader));
        assertThat(again.getItems()).isEmpty();
        reader.cancel();
        again.cancel();
    }

    @Test
    void aPlaceThatIsNoneHereBeginsAnew() {
        AssertSubscriber<FeedMessage> reader = reader(null);
        String place = lastPlace(reader);
        for (String other : List.of("exp-1/1/3", "", place + "0", "1" + place, place + "x")) {
            AssertSubscriber<FeedMessage> anew = reader(other);
            assertThat(anew.getItems()).as(other).hasSize(4);
            anew.cancel();
        }
        reader.cancel();
    }

    @Test
    void theStreamOfAnExperimentThatHasEndedEndsAfterWhatIsKnown() {
        trainedAndEvaluated();

        AssertSubscriber<FeedMessage> reader = reader(null);
        reader.assertCompleted();
        assertThat(reader.getItems()).hasSize(10);
        FeedMessage last = reader.getItems().get(9);
        assertThat(last.type()).isEqualTo("end");
        assertThat(last.content()).isEqualTo(new ExperimentEnd("exp-1", State.TRAINED));
        assertThat(model.feed.followers()).isZero();

        AssertSubscriber<FeedMessage> again = reader(last.place());
        again.assertCompleted();
        assertThat(again.getItems()).containsExactly(last);
    }

    /** Six events. */
    private void trainedAndEvaluated() {
        model.apply(events.completed(1, false, 1, 0));
        model.apply(events.planned(10, true, ViewEvents.CLEAN));
        model.apply(events.status(1, State.TRAINED, 100));
        model.apply(events.measured(10, true, ViewEvents.CLEAN, 0.5));
        model.apply(events.training(1, 100));
        model.apply(events.completed(10, true, 1, 0));
    }

    @Test
    void aStreamThatIsFollowedEndsWhenNothingMoreComes() {
        AssertSubscriber<FeedMessage> reader = reader(null);
        trainedAndEvaluated();

        reader.assertCompleted();
        assertThat(reader.getItems()).hasSize(11);
        assertThat(reader.getItems().get(10).isEnd()).isTrue();
        assertThat(model.feed.followers()).isZero();
    }

    /** Its end and its deletion may come so close to one another that the feed sees both at once. */
    @Test
    void theStreamOfAnExperimentThatIsDeletedEnds() {
        AssertSubscriber<FeedMessage> reader = reader(null);
        model.applyAll(List.of(events.status(1, State.FAILED, 2), events.delete()));

        reader.assertCompleted();
        assertThat(reader.getItems().get(reader.getItems().size() - 1).content())
                .isEqualTo(new ExperimentEnd("exp-1", null));
        assertThat(model.feed.followers()).isZero();
    }

    @Test
    void aStreamGoesOnWhileAnEvaluationThatWasAskedForIsOpen() {
        model.apply(events.asked("full", events.checkpoint(1, 10, true, ViewEvents.OBJECT)));
        AssertSubscriber<FeedMessage> reader = reader(null);
        trainedAndEvaluated();

        reader.assertNotTerminated();
        reader.cancel();
    }

    @Test
    void readersWhoBeginTogetherShareWhatIsKnown() {
        AssertSubscriber<FeedMessage> slow = AssertSubscriber.create(1);
        streams.of("exp-1", null, true).orElseThrow().subscribe(slow);
        model.apply(events.training(1, 3));
        AssertSubscriber<FeedMessage> other = reader(null);

        assertThat(other.getItems()).hasSize(5);
        assertThat(other.getItems().get(0)).isSameAs(slow.getItems().get(0));
        assertThat(other.getItems().get(4).event()).isEqualTo(events.training(1, 3));
        slow.cancel();
        other.cancel();
    }

    @Test
    void fromNowLeavesOutWhatIsKnown() {
        AssertSubscriber<FeedMessage> reader = AssertSubscriber.create(Long.MAX_VALUE);
        streams.of("exp-1", null, false).orElseThrow().subscribe(reader);
        model.apply(events.training(1, 3));

        assertThat(events(reader)).containsExactly(events.training(1, 3));
        reader.cancel();
    }

    @Test
    void aReaderThatFallsTooFarBehindIsDropped() {
        AssertSubscriber<FeedMessage> slow = AssertSubscriber.create(5);
        AssertSubscriber<FeedMessage> quick = AssertSubscriber.create(Long.MAX_VALUE);
        streams.of("exp-1", null, true).orElseThrow().subscribe(slow);
        streams.of("exp-1", null, true).orElseThrow().subscribe(quick);
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

    /** Also where nobody reads yet, and of an experiment that has ended: each holds what it will tell. */
    @Test
    void noMoreStreamsAreOpenAtOnceThanThereMayBe() {
        assertThat(streams.of("unknown", null, true)).isEmpty();
        Multi<FeedMessage> first = streams.of("exp-1", null, true).orElseThrow();
        streams.of("exp-1", null, true).orElseThrow();
        trainedAndEvaluated();
        streams.of("exp-1", null, true).orElseThrow();

        assertThatThrownBy(() -> streams.of("exp-1", null, true))
                .isInstanceOf(ProblemException.class)
                .hasMessage("this gateway serves at most 3 streams at once, try later");
        first.subscribe(AssertSubscriber.create(Long.MAX_VALUE));
        assertThat(streams.of("exp-1", null, true)).isPresent();
    }

    @Test
    void thereIsNoStreamOfAnExperimentThatNobodySubmitted() {
        model.apply(new ViewEvents("exp-2").training(1, 1));
        assertThat(streams.of("exp-2", null, true)).isEmpty();
        assertThat(model.feed.followers()).isZero();
    }
}
