package org.rtda.contracts.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.variant.AttackKind;

class AttackKindTest {
    @Test
    void theEffortIsInTheAttacksOwnUnit() {
        assertThat(AttackKind.named("square").effort(1000)).isEqualTo("1000 queries");
        assertThat(AttackKind.named("square").effort(1)).isEqualTo("1 query");
        assertThat(AttackKind.named("pgd-l2").effort(10)).isEqualTo("10 steps");
        assertThat(AttackKind.named("fgsm").effort(1)).isEqualTo("1 step");
    }

    /** DLR divides by a difference from the third greatest logit, its targeted form takes the fourth. */
    @Test
    void theDlrLossNeedsThreeClassesAndItsTargetedFormFour() {
        assertThat(AttackKind.named("apgd-ce").leastClasses()).isEqualTo(2);
        assertThat(AttackKind.named("apgd-dlr").leastClasses()).isEqualTo(3);
        assertThat(AttackKind.named("apgd-targeted-dlr").leastClasses()).isEqualTo(4);
    }

    @Test
    void squareAsksForAnswersAndNoiseForNothing() {
        assertThat(AttackKind.all())
                .filteredOn(kind -> !kind.followsGradient())
                .extracting(AttackKind::name)
                .containsExactly("square", "random-noise");
        assertThat(AttackKind.named("square").isBlackBox()).isTrue();
        assertThat(AttackKind.named("random-noise").isBlackBox()).isFalse();
    }

    @Test
    void everyNormOfAnAttackIsAKnownOneAndSettingsHaveItsDefaults() {
        for (AttackKind kind : AttackKind.all()) {
            assertThat(KnownNames.NORMS).as(kind.name()).containsAll(kind.norms());
            AttackSettings settings = AttackSettings.of(kind.name(), null, 0.5);
            assertThat(settings.norm()).isEqualTo(kind.norms().get(0));
            assertThat(settings.steps()).isEqualTo(kind.defaultEffort());
            assertThat(settings.kind()).isSameAs(kind);
        }
        assertThat(KnownNames.TRAINING_ATTACKS).containsExactly("pgd-l2", "pgd-linf");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> AttackKind.named("pgd"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageStartingWith("attack must be one of [pgd-l2, pgd-linf, fgsm, ")
                .hasMessageEndingWith(", was pgd");
    }
}
