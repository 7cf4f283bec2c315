package org.rtda.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtda.contracts.ExperimentStatus.State.CANCELLED;
import static org.rtda.contracts.ExperimentStatus.State.FAILED;
import static org.rtda.contracts.ExperimentStatus.State.RUNNING;
import static org.rtda.contracts.ExperimentStatus.State.TRAINED;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.database.TestReadModel;

/** Runs of 100 steps in epochs of ten. */
class ExperimentProgressTest {
    private final TestReadModel model = new TestReadModel();
    private final ViewEvents events = new ViewEvents("exp-1");

    @BeforeEach
    void submit() {
        apply(events.submit());
    }

    private void apply(Event... all) {
        for (Event event : all) {
            model.apply(event);
        }
    }

    private ExperimentProgress progress(String id) {
        return model.views.document(id).orElseThrow().progress();
    }

    private static ExperimentProgress training(long done, Long secondsLeft) {
        return new ExperimentProgress(ExperimentProgress.Phase.TRAINING, done, 100, secondsLeft, null);
    }

    private static ExperimentProgress evaluating(long done, long total) {
        return new ExperimentProgress(ExperimentProgress.Phase.EVALUATING, done, total, null, null);
    }

    private static ExperimentProgress queued(int place, int waiting) {
        return new ExperimentProgress(ExperimentProgress.Phase.QUEUED, 0, 0, null, new QueuePlace(place, waiting));
    }

    @Test
    void movesWithEveryStepAndSaysWhatIsLeftAtTheirPace() {
        apply(events.status(1, RUNNING, 0));
        assertThat(progress("exp-1")).isEqualTo(training(0, null));

        apply(events.training(1, 1, ViewEvents.TIME));
        assertThat(progress("exp-1")).as("one step has no pace").isEqualTo(training(1, null));

        apply(events.training(1, 2, ViewEvents.TIME.plusMillis(1500)));
        // 98 steps of 1.5 s
        assertThat(progress("exp-1")).isEqualTo(training(2, 147L));

        apply(events.training(1, 3, ViewEvents.TIME.plusMillis(2000)));
        // two steps in 2 s
        assertThat(progress("exp-1")).isEqualTo(training(3, 97L));
    }

    @Test
    void afterARestartThePaceIsNotKnownUntilTheNewTrainerHasMadeTwoSteps() {
        apply(events.status(1, RUNNING, 0), events.training(1, 11), events.training(1, 12));
        apply(events.status(2, RUNNING, 10));
        assertThat(progress("exp-1")).isEqualTo(training(10, null));

        apply(events.training(2, 11, ViewEvents.TIME.plusSeconds(900)));
        assertThat(progress("exp-1")).isEqualTo(training(11, null));

        apply(events.training(2, 12, ViewEvents.TIME.plusSeconds(902)));
        // 88 steps of 2 s
        assertThat(progress("exp-1")).isEqualTo(training(12, 176L));
    }

    @Test
    void isThatOfTheFinalEvaluationOnceTheLastCheckpointIsSaved() {
        apply(events.status(1, RUNNING, 100), events.checkpoint(1, 9, false, ViewEvents.OBJECT));
        assertThat(progress("exp-1").phase()).isEqualTo(ExperimentProgress.Phase.TRAINING);

        apply(events.checkpoint(1, 10, true, ViewEvents.OBJECT));
        assertThat(progress("exp-1")).as("no plan yet").isEqualTo(evaluating(0, 0));

        apply(
                events.planned(10, true, ViewEvents.CLEAN, ViewEvents.NOISE, ViewEvents.pgd(0.5)),
                events.measured(10, true, ViewEvents.CLEAN, 0.9),
                events.failed(10, true, ViewEvents.NOISE, "the store was gone"));
        assertThat(progress("exp-1")).isEqualTo(evaluating(2, 3));

        apply(events.status(1, TRAINED, 100));
        assertThat(progress("exp-1")).isEqualTo(evaluating(2, 3));

        apply(events.completed(10, true, 1, 1));
        assertThat(progress("exp-1")).as("it has ended").isNull();
    }

    @Test
    void whatFailedOrWasCancelledHasNone() {
        apply(events.training(1, 1), events.training(1, 2), events.status(1, FAILED, 0));
        assertThat(progress("exp-1")).isNull();

        ViewEvents other = new ViewEvents("exp-2");
        apply(other.submit(), other.status(1, CANCELLED, 10));
        assertThat(progress("exp-2")).isNull();
    }

    /** exp-1 was submitted first, then exp-3 a minute later and exp-2 after two. */
    @Test
    void whatWaitsSaysItsPlaceInTheOrderOfSubmission() {
        ViewEvents second = new ViewEvents("exp-3");
        ViewEvents third = new ViewEvents("exp-2");
        apply(third.submit(ViewEvents.TIME.plusSeconds(120)), second.submit(ViewEvents.TIME.plusSeconds(60)));

        assertThat(progress("exp-1")).isEqualTo(queued(1, 3));
        assertThat(progress("exp-3")).isEqualTo(queued(2, 3));
        assertThat(progress("exp-2")).isEqualTo(queued(3, 3));
        assertThat(model.documents())
                .extracting(document -> document.progress().queue().place())
                .as("newest first")
                .containsExactly(3, 2, 1);

        apply(events.status(1, RUNNING, 0));
        assertThat(progress("exp-3")).isEqualTo(queued(1, 2));
        assertThat(progress("exp-2")).isEqualTo(queued(2, 2));

        apply(second.cancel());
        assertThat(progress("exp-3").queue()).as("it does not wait any more").isNull();
        assertThat(progress("exp-2")).isEqualTo(queued(1, 1));
    }
}
