package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.view.ViewEvents;

/** The order in which evaluations are listed depends on the messages alone, however they are cut into batches. */
class StoredExperimentTest {
    private final ViewEvents events = new ViewEvents("exp-1");

    /** Which evaluations have rows, each with the number of the change from which on it counts. */
    private static List<String> since(TestReadModel model, String table) {
        return model.database.read(
                handle -> handle.createQuery("select evaluation, since from " + table + " order by since")
                        .map((row, context) -> row.getString(1) + " since " + row.getLong(2))
                        .list());
    }

    /** For each way to cut the events into batches. */
    private static void assertSince(List<? extends Event> all, String... wanted) {
        for (int cuts = 0; cuts < 1 << (all.size() - 1); cuts++) {
            TestReadModel model = new TestReadModel();
            List<List<Event>> batches = new ArrayList<>(List.of(new ArrayList<>()));
            for (int i = 0; i < all.size(); i++) {
                batches.get(batches.size() - 1).add(all.get(i));
                if ((cuts & 1 << i) != 0) {
                    batches.add(new ArrayList<>());
                }
            }
            batches.forEach(model::applyAll);

            assertThat(since(model, "evaluations")).as("batches %s", batches).containsExactly(wanted);
            assertThat(since(model, "open_evaluations"))
                    .as("batches %s", batches)
                    .containsExactly(wanted);
        }
    }

    @Test
    void theFinalEvaluationCountsFromTheCheckpointOfTheAttemptThatIsPartOfTheRun() {
        assertSince(
                List.of(
                        events.submit(),
                        events.checkpoint(1, 10, true, ViewEvents.OBJECT),
                        events.checkpoint(2, 9, false, ViewEvents.OBJECT),
                        events.checkpoint(2, 10, true, ViewEvents.OBJECT),
                        events.planned(10, true, ViewEvents.CLEAN)),
                "exp-1/epoch-00010 since 4");
    }

    @Test
    void ofAnAttemptThatEndsWhereTheOneBeforeDidItCountsFromTheFirst() {
        assertSince(
                List.of(
                        events.submit(),
                        events.checkpoint(1, 10, true, ViewEvents.OBJECT),
                        events.checkpoint(2, 10, true, ViewEvents.OBJECT)),
                "exp-1/epoch-00010 since 2");
    }

    @Test
    void onceAMessageOfItHasComeNoCheckpointMovesIt() {
        assertSince(
                List.of(
                        events.submit(),
                        events.checkpoint(1, 10, true, ViewEvents.OBJECT),
                        events.planned(10, true, ViewEvents.CLEAN),
                        events.checkpoint(2, 9, false, ViewEvents.OBJECT),
                        events.checkpoint(2, 10, true, ViewEvents.OBJECT)),
                "exp-1/epoch-00010 since 2");
    }

    @Test
    void theFinalOneOfAnEarlierAttemptAloneHasNoRow() {
        assertSince(List.of(
                events.submit(),
                events.checkpoint(1, 10, true, ViewEvents.OBJECT),
                events.checkpoint(2, 9, false, ViewEvents.OBJECT)));
    }

    /** Epoch 501 was planned as one of many and goes with the other odd ones; then its checkpoint turned out to be the last. */
    @Test
    void aFinalEvaluationIsListedEvenIfThePlanOfItsEpochWasThinned() {
        List<Event> before = new ArrayList<>(List.of(
                events.submit(),
                events.planned(501, false, ViewEvents.CLEAN),
                events.checkpoint(2, 501, true, ViewEvents.OBJECT)));
        for (int epoch = 1; epoch <= 499; epoch++) {
            before.add(events.planned(epoch, false, ViewEvents.CLEAN));
        }
        Event thins = events.planned(500, false, ViewEvents.CLEAN);
        TestReadModel one = new TestReadModel();
        List<Event> all = new ArrayList<>(before);
        all.add(thins);
        one.applyAll(all);
        TestReadModel other = new TestReadModel();
        other.applyAll(before);
        other.apply(thins);

        assertThat(since(one, "evaluations"))
                .hasSize(251)
                .contains("exp-1/epoch-00501 since 503")
                .isEqualTo(since(other, "evaluations"))
                .isEqualTo(since(other, "open_evaluations"));
    }
}
