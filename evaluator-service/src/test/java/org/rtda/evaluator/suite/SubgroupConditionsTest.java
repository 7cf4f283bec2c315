package org.rtda.evaluator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluatorFixtures;

class SubgroupConditionsTest {
    /** Trained against PGD of L2 radius 0.5, judged with ten steps. */
    private static final SuiteSubject SUBJECT = SuiteSubject.of(
            EvaluatorFixtures.checkpoint(5, true, EvaluatorFixtures.spec()),
            EvaluatorFixtures.manifest("train", "val", "test", "shift-dark"));

    private static List<String> told(Suite suite) {
        return suite.conditions(SUBJECT).stream()
                .filter(condition -> SubgroupConditions.has(condition, SUBJECT))
                .map(Condition::label)
                .toList();
    }

    @Test
    void cleanImagesTheTrainingBallTheMiddleSeverityAndExternalSetsAreToldBySubgroup() {
        // the chest X-ray column has thirteen corruptions
        assertThat(told(Suites.named("standard")))
                .hasSize(16)
                .startsWith("clean", "pgd-l2-10@0.5", "gaussian-noise@3")
                .contains("gamma-down@3", "shift-dark");
    }

    @Test
    void aFullSuiteTellsNoMoreBySubgroup() {
        assertThat(told(Suites.named("full"))).isEqualTo(told(Suites.named("standard")));
    }

    @Test
    void validationImagesAreNotToldBySubgroup() {
        assertThat(told(Suites.named("quick"))).isEmpty();
    }
}
