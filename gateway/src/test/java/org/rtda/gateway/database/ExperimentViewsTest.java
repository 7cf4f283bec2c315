package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rtda.gateway.view.ViewEvents.CLEAN;
import static org.rtda.gateway.view.ViewEvents.NOISE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.settings.Condition;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.EvaluationView;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.ViewEvents;

/** What is read of several experiments at once. */
class ExperimentViewsTest {
    private final TestReadModel model = new TestReadModel();

    private static List<Condition> measured(ExperimentView view) {
        return view.finalEvaluation().map(EvaluationView::measured).orElse(List.of()).stream()
                .map(Measured::condition)
                .toList();
    }

    private List<List<Condition>> cleanOutcomes(String... ids) {
        return model.views.readAllKnown(List.of(ids), CLEAN::equals, ExperimentViewsTest::measured);
    }

    private void measured(ViewEvents events) {
        model.apply(events.measured(10, true, CLEAN, 0.9));
        model.apply(events.measured(10, true, NOISE, 0.5));
    }

    @Test
    void ofConditionsThatAPlanNamesOnlyTheWantedAreRead() {
        ViewEvents one = new ViewEvents("exp-1");
        ViewEvents other = new ViewEvents("exp-2");
        for (ViewEvents events : List.of(one, other)) {
            model.apply(events.submit());
            model.apply(events.planned(10, true, CLEAN, NOISE));
        }
        measured(one);
        model.apply(other.measured(10, true, NOISE, 0.5));

        assertThat(cleanOutcomes("exp-2", "exp-1")).containsExactly(List.of(), List.of(CLEAN));
        assertThat(model.views.readAllKnown(List.of("exp-1"), any -> true, ExperimentViewsTest::measured))
                .containsExactly(List.of(CLEAN, NOISE));
    }

    @Test
    void whatNoPlanNamesIsRead() {
        ViewEvents events = new ViewEvents("exp-1");
        model.apply(events.submit());
        measured(events);

        assertThat(cleanOutcomes("exp-1")).containsExactly(List.of(CLEAN, NOISE));
    }

    @Test
    void oneThatNobodyHasSubmittedIsRefused() {
        model.apply(new ViewEvents("exp-1").submit());

        assertThatThrownBy(() -> cleanOutcomes("exp-1", "exp-2"))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.status())
                        .isEqualTo(404))
                .hasMessage("there is no experiment exp-2");
    }
}
