package org.rtda.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.gateway.command.DescribeExperiment.Request;
import org.rtda.gateway.database.ExperimentQuery;
import org.rtda.gateway.database.ReadModel;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.gateway.view.ViewEvents;

class DescribeExperimentTest {
    private final TestReadModel model = new TestReadModel();
    private final List<Event> published = new ArrayList<>();
    private final DescribeExperiment description =
            new DescribeExperiment(model.views, this::publish, Clock.fixed(ViewEvents.TIME, ZoneOffset.UTC));

    private void publish(Event event) {
        published.add(event);
        model.apply(event);
    }

    @BeforeEach
    void anExperiment() {
        publish(new ViewEvents("exp-1").submit());
        published.clear();
    }

    private ExperimentDocument document() {
        return model.views.document("exp-1").orElseThrow();
    }

    @Test
    void whatIsAbsentStaysAndWhatIsEmptyIsRemoved() {
        assertThat(description.describe("exp-1", new Request("baseline", "first\nsecond", List.of("b", "a"))))
                .isTrue();
        description.describe("exp-1", new Request(null, "", null));

        assertThat(document().name()).isEqualTo("baseline");
        assertThat(document().notes()).isNull();
        assertThat(document().tags()).containsExactly("b", "a");
        description.describe("exp-1", new Request("", null, List.of()));
        assertThat(document().name()).isNull();
        assertThat(document().tags()).isEmpty();
    }

    /** Another's change may be published and not projected: then what seems to be so already is not. */
    @Test
    void whatIsSoAlreadyIsPublishedToo() {
        description.describe("exp-1", new Request("baseline", null, null));

        assertThat(description.describe("exp-1", new Request("baseline", null, null)))
                .isTrue();
        assertThat(published).hasSize(2);
        assertThat(document().name()).isEqualTo("baseline");
    }

    @Test
    void aRequestWithoutAFieldPublishesNothing() {
        assertThat(description.describe("exp-1", new Request(null, null, null))).isFalse();
        assertThat(published).isEmpty();
    }

    @Test
    void staysWhenTheReadModelIsBuiltAnew() {
        description.describe("exp-1", new Request("a", "n", List.of("x")));
        description.describe("exp-1", new Request("b", null, List.of("x", "y")));
        new ReadModel(model.database).forget();
        TestReadModel other = new TestReadModel(model.database);
        other.apply(new ViewEvents("exp-1").submit());
        other.applyAll(published);

        assertThat(document().name()).isEqualTo("b");
        assertThat(document().notes()).isEqualTo("n");
        assertThat(document().tags()).containsExactly("x", "y");
    }

    @Test
    void experimentsAreChosenByAWholeTag() {
        publish(new ViewEvents("exp-2").submit());
        description.describe("exp-1", new Request(null, null, List.of("baseline-2", "paper_1")));
        description.describe("exp-2", new Request(null, null, List.of("baseline", "paper.1")));

        assertThat(tagged("baseline")).containsExactly("exp-2");
        assertThat(tagged("baseline-2")).containsExactly("exp-1");
        assertThat(tagged("paper_1")).containsExactly("exp-1");
        assertThat(tagged("paper")).isEmpty();
    }

    private List<String> tagged(String tag) {
        return model
                .views
                .page(new ExperimentQuery(Map.of(ExperimentQuery.Column.TAG, tag), null, null, true, null, 10))
                .experiments()
                .stream()
                .map(ExperimentDocument::id)
                .toList();
    }

    @Test
    void whatIsTooLongOrNotAllowedIsRefused() {
        refused(new Request("a".repeat(101), null, null), "name (characters) must be in [0, 100], was 101");
        refused(
                new Request("two\nlines", null, null),
                "name must be without control characters, on one line, was two\nlines");
        refused(
                new Request(null, "\0", null),
                "notes must be without control characters other than line ends and tabs, was \0");
        refused(new Request(null, null, List.of("A")), "tags must be 1 to 63 of a-z");
        refused(new Request(null, null, List.of("a", "a")), "tags must be each tag once, was [a, a]");
        assertThat(published).isEmpty();
        assertThatThrownBy(() -> description.describe("exp-none", new Request("a", null, null)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(404));
    }

    private void refused(Request request, String message) {
        assertThatThrownBy(() -> description.describe("exp-1", request))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(message);
    }
}
