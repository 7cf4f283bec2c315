package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.gateway.view.EvaluationDocument;
import org.rtda.gateway.view.EvaluationDocument.State;
import org.rtda.gateway.view.QueuePlace;
import org.rtda.gateway.view.ViewEvents;

/** Of exp-1 epoch 1 has ended and epoch 2 waits; of exp-2 epoch 1 runs and epoch 3 waits, in the order 1/1, 2/1, 1/2, 2/3. */
class EvaluationPagesTest {
    private final ViewEvents first = new ViewEvents("exp-1");
    private final ViewEvents second = new ViewEvents("exp-2");
    private final TestReadModel model = new TestReadModel();

    @BeforeEach
    void fourEvaluations() {
        model.apply(first.submit());
        model.apply(second.submit());
        model.apply(first.planned(1, false, ViewEvents.CLEAN));
        model.apply(first.measured(1, false, ViewEvents.CLEAN, 0.5));
        model.apply(first.completed(1, false, 1, 0));
        model.apply(second.planned(1, false, ViewEvents.CLEAN, ViewEvents.NOISE));
        model.apply(second.measured(1, false, ViewEvents.CLEAN, 0.5));
        model.apply(first.planned(2, false, ViewEvents.CLEAN));
        model.apply(second.planned(3, false, ViewEvents.CLEAN));
    }

    private static List<String> ids(EvaluationQuery.Page page) {
        return page.evaluations().stream().map(EvaluationDocument::id).toList();
    }

    private EvaluationQuery.Page page(State state) {
        return model.views.evaluations(new EvaluationQuery(state, false, null, 10));
    }

    @Test
    void pagesFollowOneAnotherNewestFirst() {
        List<List<String>> pages = new ArrayList<>();
        Long after = null;
        do {
            EvaluationQuery.Page page = model.views.evaluations(new EvaluationQuery(null, false, after, 3));
            pages.add(ids(page));
            after = page.next();
            // a later one moves no other to another page
            model.apply(first.planned(4, false, ViewEvents.CLEAN));
        } while (after != null);

        assertThat(pages)
                .containsExactly(
                        List.of("exp-2/epoch-00003", "exp-1/epoch-00002", "exp-2/epoch-00001"),
                        List.of("exp-1/epoch-00001"));
    }

    @Test
    void evaluationsAreChosenByWhereTheyStand() {
        assertThat(ids(page(State.WAITING))).containsExactly("exp-2/epoch-00003", "exp-1/epoch-00002");
        assertThat(ids(page(State.RUNNING))).containsExactly("exp-2/epoch-00001");
        assertThat(ids(page(State.COMPLETED))).containsExactly("exp-1/epoch-00001");
        assertThat(ids(page(State.FAILED))).isEmpty();
    }

    @Test
    void thoseThatPeopleAskedForByNameAreAListOfTheirOwn() {
        model.apply(first.asked("full", first.checkpoint(1, 2, true, ViewEvents.OBJECT)));
        model.apply(second.asked("again", second.checkpoint(1, 1, true, ViewEvents.OBJECT)));

        EvaluationQuery.Page newest = model.views.evaluations(new EvaluationQuery(null, true, null, 1));
        assertThat(ids(newest)).containsExactly("exp-2/epoch-00001/again");
        assertThat(ids(model.views.evaluations(new EvaluationQuery(null, true, newest.next(), 1))))
                .containsExactly("exp-1/epoch-00002/full");
        assertThat(ids(model.views.evaluations(new EvaluationQuery(State.RUNNING, true, null, 10))))
                .isEmpty();
    }

    @Test
    void whatWaitsHasItsPlaceAndEachTheExperimentWhoseItIs() {
        assertThat(page(State.WAITING).evaluations())
                .extracting(EvaluationDocument::experiment, EvaluationDocument::queue)
                .containsExactly(tuple("exp-2", new QueuePlace(2, 2)), tuple("exp-1", new QueuePlace(1, 2)));
    }

    @Test
    void whatIsCancelledIsListedSoAtOnce() {
        model.apply(second.cancel("exp-2/epoch-00001", "exp-2/epoch-00003"));

        assertThat(ids(page(State.CANCELLING))).containsExactly("exp-2/epoch-00003", "exp-2/epoch-00001");
        assertThat(ids(page(State.WAITING))).containsExactly("exp-1/epoch-00002");
    }

    @Test
    void aRowOfAnEarlierSchemaIsDerivedFromTheMessages() {
        model.database.inTransaction(handle -> handle.execute("update evaluations set state = null, document = null"));

        assertThat(ids(page(State.RUNNING))).containsExactly("exp-2/epoch-00001");
        assertThat(ids(page(null))).hasSize(4);
    }

    @Test
    void theFinalOneIsListedAsSoonAsItsCheckpointIsThere() {
        model.apply(second.checkpoint(1, 10, true, ViewEvents.OBJECT));
        assertThat(page(State.WAITING).evaluations())
                .extracting(EvaluationDocument::id, EvaluationDocument::queue)
                .startsWith(tuple("exp-2/epoch-00010", new QueuePlace(3, 3)));

        model.apply(second.planned(10, true, ViewEvents.CLEAN));
        model.apply(second.measured(10, true, ViewEvents.CLEAN, 0.5));
        assertThat(ids(page(State.WAITING))).containsExactly("exp-2/epoch-00003", "exp-1/epoch-00002");
        assertThat(ids(page(State.RUNNING))).containsExactly("exp-2/epoch-00010", "exp-2/epoch-00001");

        model.apply(second.completed(10, true, 1, 0));
        assertThat(ids(page(State.COMPLETED))).containsExactly("exp-2/epoch-00010", "exp-1/epoch-00001");
    }

    /** The run of attempt 2 went on from epoch 6 and stopped early. */
    @Test
    void theFinalOneOfAnOvertakenAttemptIsNoPartOfTheRun() {
        model.apply(second.checkpoint(1, 10, true, ViewEvents.OBJECT));
        model.apply(second.checkpoint(2, 7, false, ViewEvents.OBJECT));
        assertThat(ids(page(State.WAITING))).containsExactly("exp-2/epoch-00003", "exp-1/epoch-00002");

        model.apply(second.checkpoint(2, 8, true, ViewEvents.OBJECT));
        assertThat(ids(page(State.WAITING)))
                .containsExactly("exp-2/epoch-00008", "exp-2/epoch-00003", "exp-1/epoch-00002");
    }

    /** A row holds a document: a page that looks at all of them takes as long as all of them are. */
    @Test
    void aPageLooksAtItsOwnRowsAlone() {
        for (int epoch = 100; epoch < 400; epoch++) {
            model.apply(second.planned(epoch, false, ViewEvents.CLEAN));
        }

        assertThat(rowsLookedAt(new EvaluationQuery(null, false, null, 5))).isLessThan(10);
        assertThat(rowsLookedAt(new EvaluationQuery(null, false, 200L, 5))).isLessThan(10);
        assertThat(rowsLookedAt(new EvaluationQuery(State.WAITING, false, null, 5)))
                .isLessThan(10);
        assertThat(rowsLookedAt(new EvaluationQuery(State.WAITING, false, 200L, 5)))
                .isLessThan(10);
        assertThat(rowsLookedAt(new EvaluationQuery(State.FAILED, false, null, 5)))
                .isLessThan(10);
    }

    /** The most of any part of the statement, as H2 has counted them. */
    private int rowsLookedAt(EvaluationQuery query) {
        String plan = model.database.read(handle -> {
            Query explained = handle.createQuery("explain analyze " + EvaluationRows.sql(query));
            if (query.state() != null) {
                explained.bind("state", query.state().name());
            }
            if (query.after() != null) {
                explained.bind("after", query.after());
            }
            return explained.mapTo(String.class).one();
        });
        assertThat(plan).contains("scanCount").doesNotContain("tableScan");
        return Pattern.compile("scanCount: (\\d+)")
                .matcher(plan)
                .results()
                .mapToInt(count -> Integer.parseInt(count.group(1)))
                .max()
                .orElseThrow();
    }

    @Test
    void whatIsOfADeletedOrUnknownExperimentIsNotListed() {
        model.apply(new ViewEvents("exp-3").planned(1, false, ViewEvents.CLEAN));
        model.database.inTransaction(handle -> {
            DeletedExperiments.add(handle, "exp-1", 99);
            return null;
        });

        assertThat(ids(page(null))).containsExactly("exp-2/epoch-00003", "exp-2/epoch-00001");
    }
}
