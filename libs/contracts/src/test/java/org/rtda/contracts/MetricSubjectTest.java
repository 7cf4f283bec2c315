package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;

class MetricSubjectTest {

    private static ExperimentSpec spec(String method) {
        return ExperimentSpec.builder()
                .dataset("phantoms")
                .method(method)
                .network("resnet20")
                .seed(7L)
                .attack(AttackSettings.of("pgd-linf", "linf", 0.03))
                .build();
    }

    @Test
    void aFigureSaysWhatItIsAbout() {
        MetricSubject subject = MetricSubject.of(spec("rtda"))
                .in("full", "exp-1/epoch-00020/after-review")
                .under(Condition.attack(
                        AttackSettings.builder()
                                .name("pgd-l2")
                                .epsilon(0.5)
                                .steps(10)
                                .build(),
                        "test"));

        assertThat(subject)
                .isEqualTo(new MetricSubject(
                        "phantoms", "rtda", "resnet20", 7, "linf", 0.03, "full", "after-review", "pgd-l2-10@0.5"));
    }

    @Test
    void plainTrainingHasNoRadiusAndAnExperimentsOwnEvaluationNoName() {
        MetricSubject subject = MetricSubject.of(spec("erm")).in("standard", "exp-1/epoch-00020");

        assertThat(subject)
                .isEqualTo(new MetricSubject("phantoms", "erm", "resnet20", 7, null, null, "standard", null, null));
    }
}
