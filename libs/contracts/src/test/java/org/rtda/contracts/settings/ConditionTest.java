package org.rtda.contracts.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.ObjectRef;

class ConditionTest {
    private static final AttackSettings ATTACK = AttackSettings.pgd("pgd-l2", null, 10, null, null);

    @Test
    void theLabelIsShortAndSaysAllThatSetsItApart() {
        assertThat(Condition.clean("test").label()).isEqualTo("clean");
        // sqrt(784 / 3072) = 0.505181...
        assertThat(Condition.attack(ATTACK.resolvedFor(1, 28, 28), "test").label())
                .isEqualTo("pgd-l2-10@0.5052");
        assertThat(Condition.attack(AttackSettings.pgd("pgd-linf", 8.0 / 255, 20, null, null), "val")
                        .label())
                .isEqualTo("pgd-linf-20@0.03137");
        assertThat(Condition.attack(AttackSettings.pgd("pgd-l2", 100.0, 1, null, null), "val")
                        .label())
                .isEqualTo("pgd-l2-1@100");
        assertThat(Condition.corruption("gaussian-noise", 3, "test").label()).isEqualTo("gaussian-noise@3");
        assertThat(Condition.shift("shift-other-scanner").label()).isEqualTo("shift-other-scanner");
        assertThat(Condition.attack(AttackSettings.of("apgd-ce", "linf", 0.03), "test")
                        .label())
                .isEqualTo("apgd-ce-linf-100@0.03");
        AttackSettings restarted = new AttackSettings("pgd-l2", 0.5, 20, null, null, null, 5);
        assertThat(Condition.attack(restarted, "miss", "test").label()).isEqualTo("miss-pgd-l2-20x5@0.5");
        assertThat(Condition.attackedCorruption(restarted, "jpeg", 3, "test").label())
                .isEqualTo("pgd-l2-20x5@0.5+jpeg@3");
        AttackSet set = new AttackSet("aa-binary", List.of(AttackSettings.of("square", "l2", 0.15)));
        assertThat(Condition.worstCase(set, "test").label()).isEqualTo("aa-binary-l2@0.15");
        SourceModel other = new SourceModel("exp-2", "resnet8", new ObjectRef("weights", "ab".repeat(32), 1));
        assertThat(Condition.transfer(other, restarted, "test").label()).isEqualTo("from-exp-2-pgd-l2-20x5@0.5");
        assertThat(Condition.probe("gradients", "test").label()).isEqualTo("probe-gradients");
    }

    @Test
    void theAttacksOfASetAreOfOneNormAndRadius() {
        AttackSettings first = AttackSettings.of("apgd-ce", "l2", 0.15);
        assertThatThrownBy(() -> new AttackSet("aa-binary", List.of(first, AttackSettings.of("fab", "linf", 0.15))))
                .hasMessage("attackSet.members.norm must be one of [l2], was linf");
        assertThatThrownBy(() -> new AttackSet("aa-binary", List.of(first, AttackSettings.of("fab", "l2", 0.2))))
                .hasMessage("attackSet.members.epsilon must be one of [0.15], was 0.2");
    }

    @Test
    void anAttackMustBeResolved() {
        assertThatThrownBy(() -> Condition.attack(ATTACK, "test"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("condition.attack.epsilon must be present, was null");
    }

    @Test
    void fieldsOfAnotherKindAreRefused() {
        assertThatThrownBy(() -> new Condition(Condition.Kind.CLEAN, null, null, 3, "test", null, null, null, null))
                .hasMessage("condition.severity must be absent, was 3");
        assertThatThrownBy(() -> new Condition(
                        Condition.Kind.ATTACK,
                        ATTACK.resolvedFor(1, 28, 28),
                        "jpeg",
                        null,
                        "t",
                        null,
                        null,
                        null,
                        null))
                .hasMessage("condition.corruption must be absent, was jpeg");
        assertThatThrownBy(() -> new Condition(
                        Condition.Kind.SHIFT,
                        ATTACK.resolvedFor(1, 28, 28),
                        null,
                        null,
                        "shift-b",
                        null,
                        null,
                        null,
                        null))
                .hasMessageStartingWith("condition.attack must be absent");
    }

    @Test
    void aCorruptionIsKnownAndItsSeverityOneToFive() {
        assertThatThrownBy(() -> Condition.corruption("fog", 3, "test"))
                .hasMessageStartingWith("condition.corruption must be one of [gaussian-noise, ")
                .hasMessageEndingWith(", was fog");
        assertThatThrownBy(() -> Condition.corruption("jpeg", 6, "test"))
                .hasMessage("condition.severity must be in [1, 5], was 6");
        assertThatThrownBy(() ->
                        new Condition(Condition.Kind.CORRUPTION, null, "jpeg", null, "test", null, null, null, null))
                .hasMessage("condition.severity must be present, was null");
    }
}
