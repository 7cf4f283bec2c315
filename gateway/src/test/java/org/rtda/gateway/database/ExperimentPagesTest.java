package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.gateway.database.ExperimentQuery.Column;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.gateway.view.ViewEvents;

/** Five experiments, exp-1 to exp-5, submitted a minute after one another; exp-2 and exp-3 at the same time. */
class ExperimentPagesTest {
    private final TestReadModel model = new TestReadModel();

    @BeforeEach
    void submit() {
        int[] minutes = {0, 1, 1, 2, 3};
        for (int i = 0; i < minutes.length; i++) {
            model.apply(new ViewEvents("exp-" + (i + 1)).submit(minute(minutes[i])));
        }
        model.apply(new ViewEvents("exp-4").status(1, State.RUNNING, 1));
    }

    private static Instant minute(int minute) {
        return ViewEvents.TIME.plusSeconds(60L * minute);
    }

    private static ExperimentQuery query(Map<Column, Object> equal, boolean oldestFirst, ExperimentQuery.Place after) {
        return new ExperimentQuery(equal, null, null, oldestFirst, after, 2);
    }

    private static List<String> ids(ExperimentQuery.Page page) {
        return page.experiments().stream().map(ExperimentDocument::id).toList();
    }

    private List<List<String>> pages(boolean oldestFirst) {
        List<List<String>> pages = new ArrayList<>();
        ExperimentQuery.Page page = model.views.page(query(Map.of(), oldestFirst, null));
        pages.add(ids(page));
        while (page.next() != null) {
            page = model.views.page(query(Map.of(), oldestFirst, page.next()));
            pages.add(ids(page));
        }
        return pages;
    }

    @Test
    void pagesFollowOneAnotherAndEqualTimesAreOrderedById() {
        assertThat(pages(false))
                .containsExactly(List.of("exp-5", "exp-4"), List.of("exp-2", "exp-3"), List.of("exp-1"));
        assertThat(pages(true)).containsExactly(List.of("exp-1", "exp-2"), List.of("exp-3", "exp-4"), List.of("exp-5"));
    }

    @Test
    void whatIsSubmittedMeanwhileMovesNothingToAnotherPage() {
        ExperimentQuery.Page first = model.views.page(query(Map.of(), false, null));
        model.apply(new ViewEvents("exp-6").submit(minute(9)));

        assertThat(ids(model.views.page(query(Map.of(), false, first.next())))).containsExactly("exp-2", "exp-3");
    }

    @Test
    void experimentsAreChosenByWhatTheyHaveInCommonAndByTime() {
        assertThat(ids(model.views.page(query(Map.of(Column.STATE, "RUNNING"), false, null))))
                .containsExactly("exp-4");
        assertThat(ids(model.views.page(query(Map.of(Column.METHOD, "erm"), false, null))))
                .isEmpty();
        assertThat(ids(model.views.page(query(
                        Map.of(Column.METHOD, "rtda", Column.DATASET, "phantoms", Column.NORM, "l2"), true, null))))
                .containsExactly("exp-1", "exp-2");
        assertThat(ids(model.views.page(new ExperimentQuery(Map.of(), minute(1), minute(2), false, null, 10))))
                .containsExactly("exp-2", "exp-3");
    }

    @Test
    void whatWaitsHasItsPlaceAmongAllThatWait() {
        // exp-4 runs, so exp-5 is the last of four
        assertThat(model.views.page(query(Map.of(), false, null)).experiments().get(0))
                .isEqualTo(model.views.document("exp-5").orElseThrow())
                .satisfies(last -> assertThat(String.valueOf(last.progress())).contains("place=4, waiting=4"));
    }
}
