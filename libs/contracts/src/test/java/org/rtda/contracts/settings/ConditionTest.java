package org.rtda.contracts.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.ObjectRef;

class ConditionTest {
    private static final AttackSettings ATTACK =
            AttackSettings.builder().name("pgd-l2").steps(10).build();

    @Test
    void theKeyTellsTheSameConditionOfTwoSplitsApart() {
        assertThat(Condition.clean("test").key()).isEqualTo("test clean");
        assertThat(Condition.clean("val").key()).isEqualTo("val clean");
    }

    @Test
    void theLabelIsShortAndSaysAllThatSetsItApart() {
        assertThat(Condition.clean("test").label()).isEqualTo("clean");
        // sqrt(784 / 3072) = 0.505181...
        assertThat(Condition.attack(ATTACK.resolvedFor(1, 28, 28), "test").label())
                .isEqualTo("pgd-l2-10@0.5052");
        assertThat(Condition.attack(
                                AttackSettings.builder()
                                        .name("pgd-linf")
                                        .epsilon(8.0 / 255)
                                        .steps(20)
                                        .build(),
                                "val")
                        .label())
                .isEqualTo("pgd-linf-20@0.03137");
        assertThat(Condition.attack(
                                AttackSettings.builder()
                                        .name("pgd-l2")
                                        .epsilon(100.0)
                                        .steps(1)
                                        .build(),
                                "val")
                        .label())
                .isEqualTo("pgd-l2-1@100");
        assertThat(Condition.corruption("gaussian-noise", 3, "test").label()).isEqualTo("gaussian-noise@3");
        assertThat(Condition.shift("shift-other-scanner").label()).isEqualTo("shift-other-scanner");
        assertThat(Condition.attack(AttackSettings.of("apgd-ce", "linf", 0.03), "test")
                        .label())
                .isEqualTo("apgd-ce-linf-100@0.03");
        AttackSettings restarted = AttackSettings.builder()
                .name("pgd-l2")
                .epsilon(0.5)
                .steps(20)
                .restarts(5)
                .build();
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
        assertThatThrownBy(() -> Condition.builder()
                        .kind(Condition.Kind.CLEAN)
                        .severity(3)
                        .split("test")
                        .build())
                .hasMessage("condition.severity must be absent, was 3");
        assertThatThrownBy(() -> Condition.builder()
                        .kind(Condition.Kind.ATTACK)
                        .attack(ATTACK.resolvedFor(1, 28, 28))
                        .corruption("jpeg")
                        .split("t")
                        .build())
                .hasMessage("condition.corruption must be absent, was jpeg");
        assertThatThrownBy(() -> Condition.builder()
                        .kind(Condition.Kind.SHIFT)
                        .attack(ATTACK.resolvedFor(1, 28, 28))
                        .split("shift-b")
                        .build())
                .hasMessageStartingWith("condition.attack must be absent");
    }

    @Test
    void aCorruptionIsKnownAndItsSeverityOneToFive() {
        assertThatThrownBy(() -> Condition.corruption("fog", 3, "test"))
                .hasMessageStartingWith("condition.corruption must be one of [gaussian-noise, ")
                .hasMessageEndingWith(", was fog");
        assertThatThrownBy(() -> Condition.corruption("jpeg", 6, "test"))
                .hasMessage("condition.severity must be in [1, 5], was 6");
        assertThatThrownBy(() -> Condition.builder()
                        .kind(Condition.Kind.CORRUPTION)
                        .corruption("jpeg")
                        .split("test")
                        .build())
                .hasMessage("condition.severity must be present, was null");
    }
}
