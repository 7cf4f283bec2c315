package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rtda.contracts.ExperimentStatus.State.RUNNING;
import static org.rtda.contracts.ExperimentStatus.State.TRAINED;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.DeadLetter;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.ResultRows;
import org.rtda.gateway.view.StepsInMemory;
import org.rtda.gateway.view.ViewEvents;

class ProjectionTest {
    private final ViewEvents events = new ViewEvents("exp-1");
    private final TestReadModel model = new TestReadModel();

    private static DeadLetter letter(String experiment, String topic, long offset) {
        return new DeadLetter(Instant.ofEpochSecond(60), experiment, topic, 0, offset, "not a valid TrainingMetric", 7);
    }

    /** Two attempts, of which the second goes on at step 31, and two evaluations. */
    private List<Event> aWholeRun() {
        List<Event> all = new ArrayList<>(List.of(
                events.submit(),
                events.cancel(),
                events.status(1, RUNNING, 1),
                events.status(2, TRAINED, 100),
                events.planned(10, true, ViewEvents.CLEAN, ViewEvents.NOISE),
                events.measured(10, true, ViewEvents.CLEAN, 0.9),
                events.failed(10, true, ViewEvents.NOISE, "no"),
                events.gate(10, "noise-hurts-less", RobustnessMetric.Gate.Outcome.FAILED, "clean"),
                events.completed(10, true, 1, 1),
                events.named("full", events.measured(10, true, ViewEvents.CLEAN, 0.7)),
                events.checkpoint(1, 1, false, ViewEvents.OBJECT),
                events.checkpoint(2, 10, true, ViewEvents.OBJECT)));
        for (long step = 1; step <= 40; step++) {
            all.add(events.training(1, step));
        }
        for (long step = 31; step <= 60; step++) {
            all.add(events.training(2, step));
        }
        return all;
    }

    /** Offset 17 of the new topic is another record than offset 17 of its predecessor. */
    @Test
    void aLetterOfATopicThatWasMadeAnewIsNoRepetition() {
        TopicPositions positions = new TopicPositions(model.database);
        positions.set(List.of(new TopicPosition("experiment-status", 0, "first", 18)));
        model.project(new Reading.Letter("dead-letters/0/0", letter("exp-1", "experiment-status", 17)));
        positions.set(List.of(new TopicPosition("experiment-status", 0, "first", 20)));
        model.project(new Reading.Letter("dead-letters/0/1", letter("exp-1", "experiment-status", 17)));
        assertThat(model.letters.count()).isEqualTo(1);

        positions.set(List.of(new TopicPosition("experiment-status", 0, "second", 0)));
        model.project(new Reading.Letter("dead-letters/0/2", letter("exp-1", "experiment-status", 17)));

        assertThat(model.letters.count()).isEqualTo(2);
    }

    private boolean isCancelRequested() {
        return model.views.<Boolean>readKnown("exp-1", view -> view.isCancelRequested());
    }

    /** The projector leaves such a record out; one that it took for a database that is away would hold up all others for ever. */
    @Test
    void aRecordThatCannotBeStoredIsNoDatabaseThatIsAway() {
        String endless = "x".repeat(Reading.LONGEST + 1);
        model.apply(events.submit());

        assertThatThrownBy(() -> model.project(
                        new Reading.Happened("experiments/0/7", events.cancel()),
                        new Reading.Letter("dead-letters/0/1", letter(endless, "experiments", 1))))
                .isInstanceOf(UnstorableRecordException.class)
                .hasMessageContaining("at most 1000000 characters");

        assertThat(isCancelRequested()).as("nothing of the batch is written").isFalse();
        assertThat(model.letters.count()).isZero();
        model.apply(events.cancel());
        assertThat(isCancelRequested()).isTrue();
    }

    /** An instant holds more years than a column or a sum of milliseconds does. */
    @Test
    void aTimeThatNoColumnHoldsIsNoDatabaseThatIsAway() {
        assertThatThrownBy(() -> model.project(new Reading.Happened(
                        "experiments/0/7", events.submit(Instant.parse("+1000000000-01-01T00:00:00Z")))))
                .isInstanceOf(UnstorableRecordException.class);

        model.apply(events.submit());
        assertThat(model.documents()).hasSize(1);
    }

    @Test
    void theDatabaseSaysWhatTheFoldSaysInWhateverOrderAndBatchesTheEventsCome() {
        List<Event> all = aWholeRun();
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Collections.shuffle(all, random);
            TestReadModel stored = new TestReadModel();
            ExperimentView folded = new ExperimentView("exp-1", new StepsInMemory());
            all.forEach(folded::apply);
            for (int from = 0; from < all.size(); ) {
                int to = Math.min(all.size(), from + 1 + random.nextInt(30));
                stored.applyAll(all.subList(from, to));
                from = to;
            }

            assertThat(stored.views.document("exp-1")).contains(ExperimentDocument.of(folded, null));
            assertThat(stored.views.read("exp-1", view -> ExperimentDocument.of(view, null)))
                    .contains(ExperimentDocument.of(folded, null));
            assertThat(stored.views.read("exp-1", ExperimentView::training)).contains(folded.training());
            assertThat(stored.views.read("exp-1", ExperimentView::checkpoint)).contains(folded.checkpoint());
            assertThat(stored.views.read("exp-1", ResultRows::of)).contains(ResultRows.of(folded));
            assertThat(stored.views.read("exp-1", ExperimentView::robustness).orElseThrow())
                    .containsExactlyInAnyOrderElementsOf(folded.robustness());
        }
    }

    @Test
    void aSecondReadingChangesNothingWhoeverReadsIt() {
        List<Event> all = aWholeRun();
        model.applyAll(all);
        TestReadModel restarted = new TestReadModel(model.database);

        assertThat(all).noneMatch(model::apply);
        assertThat(all).noneMatch(restarted::apply);
    }

    @Test
    void ofAVeryLongRunAnAnswerHasStepsThatAPowerOfTwoDividesWithTheFirstAndTheLast() {
        model.apply(events.submit());
        List<Event> steps = new ArrayList<>();
        for (long step = 1; step <= 2501; step++) {
            steps.add(events.training(1, step));
        }
        model.applyAll(steps);

        List<TrainingMetric> training =
                model.views.read("exp-1", ExperimentView::training).orElseThrow();
        // at most 1000: every fourth, which are 625, with the first and the last
        assertThat(training).hasSize(627);
        assertThat(training)
                .extracting(TrainingMetric::step)
                .startsWith(1L, 4L, 8L)
                .endsWith(2496L, 2500L, 2501L);
    }

    @Test
    void thinnedEvaluationsAreGoneFromTheDatabaseToo() {
        model.apply(events.submit());
        List<Event> all = new ArrayList<>();
        for (int epoch = 1; epoch <= 501; epoch++) {
            all.add(events.measured(epoch, false, ViewEvents.CLEAN, 0.5));
        }
        model.applyAll(all);
        TestReadModel restarted = new TestReadModel(model.database);

        assertThat(restarted.views.read("exp-1", ExperimentView::robustness).orElseThrow())
                .hasSize(250)
                .allMatch(metric -> ((RobustnessMetric.Measured) metric).epoch() % 2 == 0);
        assertThat(restarted.apply(events.measured(7, false, ViewEvents.CLEAN, 0.5)))
                .as("it is remembered that odd epochs are left out")
                .isFalse();
    }

    @Test
    void aRecordThatSeveralServicesRefusedCountsOnceAndIsShownAtItsExperiment() {
        model.apply(events.submit());
        model.project(
                new Reading.Letter("dead-letters/0/0", letter("exp-1", "experiments", 9)),
                new Reading.Letter("dead-letters/0/1", letter("exp-1", "experiments", 9)),
                new Reading.Letter("dead-letters/0/2", letter("not/a/name", "experiments", 10)),
                new Reading.Letter("dead-letters/0/3", letter(null, null, -1)));
        model.project(new Reading.Letter("dead-letters/0/4", letter("exp-1", "experiments", 9)));

        assertThat(model.letters.count()).isEqualTo(3);
        assertThat(model.letters.newestSeconds()).isEqualTo(60);
        assertThat(model.letters.newest(2)).extracting(DeadLetter::offset).containsExactly(-1L, 10L);
        assertThat(model.views.document("exp-1").orElseThrow().deadLetters())
                .extracting(DeadLetter::origin)
                .containsExactly("experiments/0/9");
    }

    @Test
    void anEventThatSaysTooLittleIsRefusedAndTheOthersOfItsBatchAreTaken() {
        Projection.Outcome outcome = model.project(
                new Reading.Happened(
                        "robustness-metrics/0/0",
                        RobustnessMetric.Completed.builder()
                                .id("id")
                                .time(ViewEvents.TIME)
                                .experimentId("exp-1")
                                .evaluationId("no id")
                                .epoch(10)
                                .last(true)
                                .measured(1)
                                .failed(0)
                                .build()),
                new Reading.Happened("experiments/0/0", events.submit()),
                new Reading.Refused("experiments/0/1", "not JSON"));

        assertThat(outcome.refused())
                .extracting(Reading.Refused::origin)
                .containsExactlyInAnyOrder("robustness-metrics/0/0", "experiments/0/1");
        assertThat(model.views.document("exp-1")).isPresent();
    }

    @Test
    void aLetterIsAskedForOnlyWhereThereIsNone() {
        model.project(new Reading.Letter("dead-letters/0/0", letter(null, "experiments", 1)));
        Projection projection = new Projection(model.database, 1000, "test");
        List<Reading.Refused> asked = new ArrayList<>();

        projection.project(
                List.of(
                        new Reading.Refused("experiments/0/1", "known"),
                        new Reading.Refused("experiments/0/2", "not known")),
                List.of(),
                asked::addAll);
        assertThat(asked).extracting(Reading.Refused::reason).containsExactly("not known");
    }

    @Test
    void aBatchWhoseLetterCannotBeSentIsNotThere() {
        Projection projection = new Projection(model.database, 1000, "test");
        List<Reading> batch = List.of(
                new Reading.Happened("experiments/0/0", events.submit()), new Reading.Refused("experiments/0/1", "no"));

        assertThatThrownBy(() -> projection.project(batch, List.of(), refused -> {
                    throw ProblemException.unavailable("broker gone", null);
                }))
                .hasMessage("broker gone");
        assertThat(model.documents()).isEmpty();
        projection.project(batch, List.of(), refused -> {});
        assertThat(model.documents()).hasSize(1);
    }

    @Test
    void whoeverDoesNotKnowThePositionWritesNothing() {
        TopicPositions positions = new TopicPositions(model.database);
        positions.set(List.of(new TopicPosition("experiments", 0, "id", 5)));
        Projection projection = new Projection(model.database, 1000, "test");
        List<Reading> batch = List.of(new Reading.Happened("experiments/0/4", events.submit()));

        assertThatThrownBy(() ->
                        projection.project(batch, List.of(new PositionStep("experiments", 0, 4, 5)), refused -> {}))
                .isInstanceOf(ProjectionLostException.class)
                .hasMessage("the stored position of experiments-0 is not 4 any more");
        assertThat(model.documents()).isEmpty();

        projection.project(batch, List.of(new PositionStep("experiments", 0, 5, 7)), refused -> {});
        assertThat(positions.all()).containsExactly(new TopicPosition("experiments", 0, "id", 7));
    }
}
