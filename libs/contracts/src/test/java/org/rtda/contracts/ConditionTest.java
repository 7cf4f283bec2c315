package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final AttackSettings ATTACK = new AttackSettings("pgd-l2", null, 10, null, null);

    @Test
    void theLabelIsShortAndSaysAllThatSetsItApart() {
        assertThat(Condition.clean("test").label()).isEqualTo("clean");
        // sqrt(784 / 3072) = 0.505181...
        assertThat(Condition.attack(ATTACK.resolvedFor(1, 28, 28), "test").label())
                .isEqualTo("pgd-l2-10@0.5052");
        assertThat(Condition.attack(new AttackSettings("pgd-linf", 8.0 / 255, 20, null, null), "val")
                        .label())
                .isEqualTo("pgd-linf-20@0.03137");
        assertThat(Condition.attack(new AttackSettings("pgd-l2", 100.0, 1, null, null), "val")
                        .label())
                .isEqualTo("pgd-l2-1@100");
        assertThat(Condition.corruption("gaussian-noise", 3, "test").label()).isEqualTo("gaussian-noise@3");
        assertThat(Condition.shift("shift-other-scanner").label()).isEqualTo("shift-other-scanner");
    }

    @Test
    void anAttackMustBeResolved() {
        assertThatThrownBy(() -> Condition.attack(ATTACK, "test"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("condition.attack.epsilon must be present, was null");
    }

    @Test
    void fieldsOfAnotherKindAreRefused() {
        assertThatThrownBy(() -> new Condition(Condition.Kind.CLEAN, null, null, 3, "test"))
                .hasMessage("condition.severity must be absent, was 3");
        assertThatThrownBy(() -> new Condition(Condition.Kind.ATTACK, ATTACK.resolvedFor(1, 28, 28), "jpeg", null, "t"))
                .hasMessage("condition.corruption must be absent, was jpeg");
        assertThatThrownBy(
                        () -> new Condition(Condition.Kind.SHIFT, ATTACK.resolvedFor(1, 28, 28), null, null, "shift-b"))
                .hasMessageStartingWith("condition.attack must be absent");
    }

    @Test
    void aCorruptionIsKnownAndItsSeverityOneToFive() {
        assertThatThrownBy(() -> Condition.corruption("fog", 3, "test"))
                .hasMessageStartingWith("condition.corruption must be one of [gaussian-noise, ")
                .hasMessageEndingWith(", was fog");
        assertThatThrownBy(() -> Condition.corruption("jpeg", 6, "test"))
                .hasMessage("condition.severity must be in [1, 5], was 6");
        assertThatThrownBy(() -> new Condition(Condition.Kind.CORRUPTION, null, "jpeg", null, "test"))
                .hasMessage("condition.severity must be present, was null");
    }
}
