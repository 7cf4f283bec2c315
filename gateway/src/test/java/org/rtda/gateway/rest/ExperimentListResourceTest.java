package org.rtda.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.EvaluationDocument;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.gateway.view.ViewEvents;

/** Lists of three experiments, exp-1 to exp-3, each with one evaluation that waits. */
class ExperimentListResourceTest {
    private final TestReadModel model = new TestReadModel();
    private final ExperimentListResource experiments = new ExperimentListResource(model.views, EventCodec.mapper());
    private final EvaluationListResource evaluations = new EvaluationListResource(model.views);

    @BeforeEach
    void threeExperiments() {
        for (int i = 1; i <= 3; i++) {
            ViewEvents events = new ViewEvents("exp-" + i);
            model.apply(events.submit(ViewEvents.TIME.plusSeconds(i)));
            model.apply(events.planned(1, false, ViewEvents.CLEAN));
        }
    }

    /** @param query names and values by turns */
    private ExperimentListResource.Page list(String cursor, String... query) {
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i < query.length; i += 2) {
            given.put(query[i], query[i + 1]);
        }
        return experiments.list(
                given.get("dataset"),
                given.get("method"),
                given.get("network"),
                given.get("state"),
                given.get("norm"),
                given.get("radius"),
                given.get("tag"),
                given.get("submittedFrom"),
                given.get("submittedBefore"),
                given.get("sort"),
                given.get("fields"),
                place(cursor));
    }

    private static PageParameters place(String cursor) {
        PageParameters place = new PageParameters();
        place.limit = "1";
        place.cursor = cursor;
        return place;
    }

    private static String id(ExperimentListResource.Page page) {
        return ((ExperimentDocument) page.experiments().get(0)).id();
    }

    private static void assertRefused(ThrowingCallable asked, String message) {
        assertThatThrownBy(asked)
                .isInstanceOfAny(ProblemException.class, InvalidFieldException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aCursorLeadsFromPageToPageOfItsList() {
        ExperimentListResource.Page first = list(null, "method", "rtda", "sort", "submittedAt");
        ExperimentListResource.Page second = list(first.next(), "method", "rtda", "sort", "submittedAt");

        assertThat(List.of(id(first), id(second))).containsExactly("exp-1", "exp-2");
        // which fields are shown moves nothing
        assertThat(list(first.next(), "method", "rtda", "sort", "submittedAt", "fields", "id")
                        .experiments())
                .hasSize(1);
    }

    @Test
    void aCursorOfAnotherListOrAnotherFilterIsRefused() {
        String next = list(null, "method", "rtda").next();
        String ofEvaluations = evaluations.list(null, false, place(null)).next();
        String refused =
                "cursor must be the value of next in the page before, of the same list with the same filter and"
                        + " order, was ";

        assertRefused(() -> list(next), refused + next);
        assertRefused(() -> list(next, "method", "erm"), refused + next);
        assertRefused(() -> list(next, "method", "rtda", "state", "QUEUED"), refused + next);
        assertRefused(() -> list(next, "method", "rtda", "sort", "submittedAt"), refused + next);
        assertRefused(() -> list(next, "method", "rtda", "submittedFrom", "2026-11-02T10:00:00Z"), refused + next);
        assertRefused(() -> list(ofEvaluations, "method", "rtda"), refused + ofEvaluations);
        assertRefused(() -> list("abc"), refused + "abc");
        assertRefused(() -> list("%"), refused + "%");
        assertRefused(() -> evaluations.list("WAITING", false, place(ofEvaluations)), refused + ofEvaluations);
        assertRefused(() -> evaluations.list(null, true, place(ofEvaluations)), refused + ofEvaluations);
        assertRefused(() -> evaluations.list(null, false, place(next)), refused + next);
    }

    @Test
    void aCursorOfEvaluationsLeadsToTheirNextPage() {
        EvaluationListResource.Page first = evaluations.list("WAITING", false, place(null));
        EvaluationListResource.Page second = evaluations.list("WAITING", false, place(first.next()));

        assertThat(List.of(first, second))
                .flatExtracting(EvaluationListResource.Page::evaluations)
                .extracting(EvaluationDocument::experiment)
                .containsExactly("exp-3", "exp-2");
    }

    @Test
    void aNameThatNoExperimentCanHaveIsRefusedWithTheAllowedOnes() {
        assertRefused(() -> list(null, "norm", "L2"), "norm must be one of [l2, linf], was L2");
        assertRefused(() -> list(null, "method", "RTDA"), "method must be one of [");
        assertRefused(() -> list(null, "network", "resnet-8"), "network must be one of [resnet8, ");
        assertRefused(() -> list(null, "state", "queued"), "state must be one of [QUEUED, ");
        assertRefused(() -> list(null, "dataset", "Phantoms"), "dataset must be 1 to 63 of a-z");
        // would find whoever has the two side by side
        assertRefused(() -> list(null, "tag", "baseline,paper"), "tag must be 1 to 63 of a-z");
        assertRefused(() -> list(null, "fields", "id,"), "fields must be one of [id, ");
        assertRefused(() -> list(null, "sort", "name"), "sort must be one of [submittedAt, -submittedAt]");
        assertRefused(() -> evaluations.list("waiting", false, place(null)), "state must be one of [WAITING, ");
    }

    @Test
    void everyNameThatIsKnownIsTaken() {
        KnownNames.METHODS.forEach(method ->
                assertThat(list(null, "method", method).next() == null).isEqualTo(!method.equals("rtda")));
        KnownNames.NETWORKS.forEach(network -> list(null, "network", network));
        KnownNames.NORMS.forEach(
                norm -> assertThat(list(null, "norm", norm).next() == null).isEqualTo(!norm.equals("l2")));
        for (ExperimentStatus.State state : ExperimentStatus.State.values()) {
            assertThat(list(null, "state", state.name()).next() == null)
                    .isEqualTo(state != ExperimentStatus.State.QUEUED);
        }
    }

    @Test
    void aRadiusIsANumberInTheRangeOfItsNorm() {
        for (String none : List.of("NaN", "Infinity", "-Infinity", "1d", "0x1p-1", " 0.5", "a half")) {
            assertRefused(() -> list(null, "radius", none), "radius must be a number, for example 0.5, was " + none);
        }
        assertRefused(() -> list(null, "radius", "-0.5"), "radius must be in [0, 1000], was -0.5");
        assertRefused(() -> list(null, "radius", "1e999"), "radius must be in [0, 1000], was Infinity");
        assertRefused(() -> list(null, "norm", "linf", "radius", "8"), "radius of norm linf must be in [0, 1]");
        assertThat(list(null, "norm", "l2", "radius", "8e0").experiments()).isEmpty();
    }

    @Test
    void aLimitIsAWholeNumber() {
        for (String none : List.of("+5", "5.0", "1e1", "\u0665")) {
            assertThatThrownBy(() -> PageParameters.limit(none, 50, 200))
                    .hasMessage("limit must be a whole number in [1, 200], was " + none);
        }
        assertThat(PageParameters.limit("200", 50, 200)).isEqualTo(200);
    }
}
