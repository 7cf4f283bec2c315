package org.rtda.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtda.contracts.ExperimentStatus.State.CANCELLED;
import static org.rtda.contracts.ExperimentStatus.State.FAILED;
import static org.rtda.contracts.ExperimentStatus.State.QUEUED;
import static org.rtda.contracts.ExperimentStatus.State.RUNNING;
import static org.rtda.contracts.ExperimentStatus.State.TRAINED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.ObjectRef;

class ExperimentViewTest {
    private final ViewEvents events = new ViewEvents("exp-1");
    private final ExperimentView view = new ExperimentView("exp-1", new StepsInMemory());

    @Test
    void isQueuedUntilATrainerReports() {
        view.apply(events.submit());
        assertThat(view.status().state()).isEqualTo(QUEUED);

        view.apply(events.status(1, RUNNING, 3));
        assertThat(view.status().state()).isEqualTo(RUNNING);
        assertThat(view.status().step()).isEqualTo(3);
    }

    @Test
    void aStatusOfALowerAttemptIsStale() {
        view.apply(events.status(2, RUNNING, 20));

        assertThat(view.apply(events.status(1, FAILED, 50))).isFalse();
        assertThat(view.status().state()).isEqualTo(RUNNING);
    }

    @Test
    void anAttemptThatGoesOnFromACheckpointMayBeBehindThePreviousOne() {
        view.apply(events.status(1, RUNNING, 25));

        assertThat(view.apply(events.status(2, RUNNING, 20))).isTrue();
        assertThat(view.status().step()).isEqualTo(20);
    }

    @Test
    void aStatusThatComesTwiceOrLateChangesNothing() {
        view.apply(events.status(1, RUNNING, 5));
        view.apply(events.status(1, RUNNING, 6));

        assertThat(view.apply(events.status(1, RUNNING, 6))).isFalse();
        assertThat(view.apply(events.status(1, RUNNING, 5))).isFalse();
        view.apply(events.status(1, TRAINED, 100));
        assertThat(view.apply(events.status(1, RUNNING, 100))).isFalse();
        assertThat(view.status().state()).isEqualTo(TRAINED);
    }

    @Test
    void aTrainedExperimentMayStillBeCancelledButNotTheOtherWayRound() {
        view.apply(events.status(1, TRAINED, 100));
        assertThat(view.apply(events.status(1, CANCELLED, 100))).isTrue();
        assertThat(view.apply(events.status(1, TRAINED, 100))).isFalse();
    }

    @Test
    void aFailureIsShownWhateverStepItNames() {
        view.apply(events.status(1, RUNNING, 50));
        assertThat(view.apply(events.status(1, FAILED, 0))).isTrue();
        assertThat(view.status().reason()).isEqualTo("object some/key is missing");
    }

    /** The trainer says where it stands after each epoch, here of ten steps. */
    @Test
    void aRunsStepsAreThoseOfItsMetricsAndNotOnlyThoseOfWholeEpochs() {
        view.apply(events.status(1, RUNNING, 10));
        view.apply(events.training(1, 17));

        assertThat(view.status().step()).isEqualTo(17);
        assertThat(view.status().epoch()).isEqualTo(1);
        view.apply(events.status(1, RUNNING, 20));
        assertThat(view.status().step()).isEqualTo(20);
    }

    @Test
    void theStepsOfAnEarlierAttemptDoNotCountForTheLaterOne() {
        view.apply(events.training(1, 25));
        view.apply(events.status(2, RUNNING, 20));

        assertThat(view.status().step()).isEqualTo(20);
        view.apply(events.training(2, 21));
        assertThat(view.status().step()).isEqualTo(21);
    }

    @Test
    void ofARunThatEndedEarlyTheStepsOfTheLastCheckpointAreLeft() {
        view.apply(events.training(1, 25));
        view.apply(events.status(1, CANCELLED, 20));

        assertThat(view.status().step()).isEqualTo(20);
    }

    @Test
    void theStepsOfAnEarlierAttemptEndWhereTheLaterOneBegins() {
        for (long step = 1; step <= 25; step++) {
            view.apply(events.training(1, step));
        }
        view.apply(events.training(2, 21));
        view.apply(events.training(2, 22));
        boolean zombie = view.apply(events.training(1, 26));

        assertThat(zombie).isFalse();
        assertThat(view.training())
                .extracting(TrainingMetric::step)
                .containsExactly(LongStream.rangeClosed(1, 22).boxed().toArray(Long[]::new));
        assertThat(view.training()).filteredOn(m -> m.attempt() == 2).hasSize(2);
    }

    @Test
    void anyOrderOfTheEventsGivesTheSameView() {
        List<Event> all = new ArrayList<>(List.of(
                events.submit(),
                events.status(1, RUNNING, 1),
                events.status(2, TRAINED, 100),
                events.planned(10, true, ViewEvents.CLEAN, ViewEvents.NOISE),
                events.measured(10, true, ViewEvents.CLEAN, 0.9),
                events.failed(10, true, ViewEvents.NOISE, "no"),
                events.completed(10, true, 1, 1),
                events.checkpoint(1, 1, false, ViewEvents.OBJECT),
                events.checkpoint(2, 10, true, ViewEvents.OBJECT)));
        for (long step = 1; step <= 40; step++) {
            all.add(events.training(1, step));
        }
        for (long step = 31; step <= 60; step++) {
            all.add(events.training(2, step));
        }
        all.forEach(view::apply);

        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(all, new Random(seed));
            ExperimentView other = new ExperimentView("exp-1", new StepsInMemory());
            all.forEach(other::apply);

            assertThat(ExperimentDocument.of(other, null)).isEqualTo(ExperimentDocument.of(view, null));
            assertThat(other.training()).isEqualTo(view.training());
            assertThat(ResultRows.of(other)).isEqualTo(ResultRows.of(view));
            assertThat(other.checkpoint()).isEqualTo(view.checkpoint());
        }
    }

    @Test
    void aSecondReadingOfTheSameEventsChangesNothing() {
        List<Event> all = List.of(
                events.submit(),
                events.cancel(),
                events.status(1, RUNNING, 1),
                events.training(1, 1),
                events.checkpoint(1, 1, false, ViewEvents.OBJECT),
                events.planned(1, false, ViewEvents.CLEAN),
                events.measured(1, false, ViewEvents.CLEAN, 0.5),
                events.completed(1, false, 1, 0));
        assertThat(all).allMatch(view::apply);
        assertThat(all).noneMatch(view::apply);
    }

    @Test
    void theNewestCheckpointIsTheModel() {
        ObjectRef newer =
                new ObjectRef("experiments/" + events.experiment() + "/checkpoints/newer", "cd".repeat(32), 8);
        view.apply(events.checkpoint(1, 2, false, ViewEvents.OBJECT));
        view.apply(events.checkpoint(2, 3, true, newer));
        view.apply(events.checkpoint(2, 1, false, ViewEvents.OBJECT));

        assertThat(view.checkpoint().orElseThrow().model()).isEqualTo(newer);
    }

    @Test
    void progressCountsTheFinalEvaluationOnly() {
        view.apply(events.planned(1, false, ViewEvents.CLEAN));
        view.apply(events.measured(1, false, ViewEvents.CLEAN, 0.5));
        assertThat(view.finalEvaluation()).isEmpty();

        view.apply(events.planned(10, true, ViewEvents.CLEAN, ViewEvents.NOISE, ViewEvents.pgd(0.5)));
        view.apply(events.measured(10, true, ViewEvents.CLEAN, 0.9));
        view.apply(events.measured(10, true, ViewEvents.CLEAN, 0.9));
        view.apply(events.failed(10, true, ViewEvents.NOISE, "the store was gone"));

        assertThat(view.finalEvaluation().orElseThrow().progress())
                .isEqualTo(new EvaluationView.Progress(3, 1, 1, 0, false));
    }

    /** An evaluator that cannot read the command ends the evaluation under the suite that it supposes. */
    @Test
    void theSuiteIsTheOneThatPeopleAskedForWhateverThePlanSays() {
        RobustnessMetric.Planned own = events.planned(10, true, ViewEvents.CLEAN);
        view.apply(events.evaluate(10, "review"));
        view.apply(RobustnessMetric.Planned.builder()
                .id("exp-1/epoch-00010/review/planned")
                .time(own.time())
                .experimentId("exp-1")
                .evaluationId("exp-1/epoch-00010/review")
                .attempt(1)
                .epoch(10)
                .step(100)
                .last(true)
                .suite("standard")
                .conditions(own.conditions())
                .build());

        assertThat(view.evaluationNamed("review").orElseThrow().suite()).isEqualTo("full");
    }

    @Test
    void whatPeopleAskedForStandsApartFromWhatTheSpecificationAsksFor() {
        view.apply(events.submit());
        view.apply(events.planned(10, true, ViewEvents.CLEAN));
        view.apply(events.measured(10, true, ViewEvents.CLEAN, 0.9));
        assertThat(view.apply(events.evaluate(10, "full"))).isTrue();
        assertThat(view.apply(events.evaluate(10, "full"))).isFalse();
        view.apply(events.named("full", events.measured(10, true, ViewEvents.CLEAN, 0.7)));
        view.apply(events.named("full", events.measured(10, true, ViewEvents.NOISE, 0.6)));

        assertThat(view.evaluations()).extracting(EvaluationView::name).containsExactly(null, "full");
        assertThat(view.finalEvaluation().orElseThrow().measured()).hasSize(1);
        EvaluationView full = view.evaluationNamed("full").orElseThrow();
        assertThat(full.id()).isEqualTo("exp-1/epoch-00010/full");
        assertThat(full.suite()).isEqualTo("full");
        assertThat(full.measured()).hasSize(2);
        assertThat(ExperimentDocument.of(view, null).evaluation())
                .isEqualTo(new EvaluationView.Progress(1, 1, 0, 0, false));
        assertThat(ExperimentDocument.of(view, null).furtherEvaluations())
                .extracting(EvaluationDocument::id)
                .containsExactly("exp-1/epoch-00010/full");
    }

    @Test
    void gatesAreKeptOnceAndComeBeforeTheEnd() {
        RobustnessMetric.Gate gate = events.gate(10, "noise-hurts-less", RobustnessMetric.Gate.Outcome.FAILED, "clean");
        view.apply(events.planned(10, true, ViewEvents.CLEAN));
        view.apply(events.completed(10, true, 1, 0));
        assertThat(view.apply(gate)).isTrue();
        assertThat(view.apply(gate)).isFalse();

        assertThat(view.robustness()).hasSize(3).element(1).isEqualTo(gate);
        assertThat(view.finalEvaluation().orElseThrow().gates()).containsExactly(gate);
        assertThat(view.finalEvaluation().orElseThrow().progress())
                .isEqualTo(new EvaluationView.Progress(1, 0, 0, 0, true));
    }

    @Test
    void whatPeopleAskedForIsNotThinned() {
        view.apply(events.named("transfer", events.measured(3, false, ViewEvents.CLEAN, 0.5)));
        for (int epoch = 1; epoch <= 2000; epoch++) {
            view.apply(events.measured(epoch, false, ViewEvents.CLEAN, 0.5));
        }

        assertThat(view.evaluationNamed("transfer")).isPresent();
        assertThat(view.evaluation("exp-1/epoch-00003")).isEmpty();
    }

    @Test
    void manyQuickEvaluationsAreThinnedAndTheFinalOneStays() {
        for (int epoch = 1; epoch <= 2000; epoch++) {
            view.apply(events.measured(epoch, false, ViewEvents.CLEAN, 0.5));
        }
        view.apply(events.measured(2001, true, ViewEvents.CLEAN, 0.9));

        assertThat(view.robustness()).hasSizeLessThanOrEqualTo(501);
        assertThat(view.finalEvaluation().orElseThrow().epoch()).isEqualTo(2001);
        assertThat(view.robustness())
                .filteredOn(m -> !((RobustnessMetric.Measured) m).last())
                .allMatch(m -> ((RobustnessMetric.Measured) m).epoch() % 4 == 0);
    }
}
