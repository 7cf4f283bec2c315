package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.variant.AttackKind;
import org.rtda.contracts.variant.MethodKind;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.nn.pytorch.attack.AttackObjective;
import org.rtda.nn.pytorch.attack.AttackParameters;
import org.rtda.nn.pytorch.attack.Attacks;
import org.rtda.nn.pytorch.attack.Norm;
import org.rtda.nn.pytorch.method.BatchNormMode;
import org.rtda.nn.pytorch.method.MethodSettings;
import org.rtda.nn.pytorch.method.Methods;
import org.rtda.nn.pytorch.method.Optimizer;
import org.rtda.nn.pytorch.method.TrainingMethod;
import org.rtda.nn.pytorch.method.View;
import org.rtda.trainer.plan.LearningRateSchedule;

/** What people may ask for is what there is. */
class KnownNamesTest {

    @Test
    void everyMethodThatMayBeNamedExistsAndNoOther() {
        assertThat(Methods.names()).containsExactlyInAnyOrderElementsOf(KnownNames.METHODS);
    }

    @Test
    void everyMethodIsAsItIsDescribed() {
        for (MethodKind kind : MethodKind.all()) {
            List<View> views =
                    Methods.named(kind.name(), new MethodSettings(12, 6)).views();

            assertThat(views).as(kind.name()).hasSize(kind.views());
            assertThat(views.stream().anyMatch(view -> view.kind() == View.Kind.ADVERSARIAL))
                    .as(kind.name())
                    .isEqualTo(kind.attacks());
            assertThat(views.stream().anyMatch(view -> view.kind() != View.Kind.ADVERSARIAL))
                    .as(kind.name())
                    .isEqualTo(kind.seesCleanViews());
        }
        assertThat(MethodKind.all())
                .filteredOn(MethodKind::undefended)
                .extracting(MethodKind::name)
                .containsExactly("erm");
    }

    /** An attack takes the norms, the effort and the step size that its description names, and no others. */
    @Test
    void everyAttackIsAsItIsDescribed() {
        for (AttackKind kind : AttackKind.all()) {
            for (Norm norm : Norm.values()) {
                assertThat(takes(kind, norm, kind.defaultEffort(), kind.hasStepSize()))
                        .as("%s in %s", kind.name(), norm)
                        .isEqualTo(kind.norms().contains(norm.title()));
            }
            Norm norm = Norm.named(kind.norms().get(0));
            assertThat(takes(kind, norm, 2, kind.hasStepSize())).as(kind.name()).isEqualTo(!kind.isOneStep());
            assertThat(takes(kind, norm, kind.defaultEffort(), !kind.hasStepSize()))
                    .as(kind.name())
                    .isFalse();
        }
    }

    private static boolean takes(AttackKind kind, Norm norm, int effort, boolean withStepSize) {
        try {
            AttackParameters.builder()
                    .name(kind.name())
                    .norm(norm)
                    .epsilon(0.5)
                    .steps(effort)
                    .stepSize(withStepSize ? 0.1 : null)
                    .randomStart(withStepSize ? true : null)
                    .build();
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Test
    void everyNetworkThatMayBeNamedExistsAndNoOther() {
        assertThat(NetworkArchitecture.names()).containsExactlyInAnyOrderElementsOf(KnownNames.NETWORKS);
    }

    @Test
    void everyObjectiveOfAnAttackThatMayBeNamedExistsAndNoOther() {
        assertThat(AttackObjective.names()).containsExactlyInAnyOrderElementsOf(KnownNames.ATTACK_OBJECTIVES);
    }

    @Test
    void everyAttackThatMayBeNamedExistsAndNoOther() {
        assertThat(Attacks.names()).containsExactlyInAnyOrderElementsOf(KnownNames.ATTACKS);
    }

    @Test
    void theMethodsThatAreSaidToAttackTheDivergenceAreThoseThatHaveSuchAView() {
        assertThat(KnownNames.METHODS.stream()
                        .filter(name -> Methods.named(name, new MethodSettings(12, 6)).views().stream()
                                .anyMatch(view -> view.objective() == AttackObjective.KL_DIVERGENCE)))
                .isEqualTo(KnownNames.METHODS_ATTACKING_DIVERGENCE);
    }

    @Test
    void whatAttacksCanDoIsWhatTheirParametersAllow() {
        assertThat(attacks(name -> parameters(name, 1, AttackObjective.KL_DIVERGENCE, null)))
                .isEqualTo(KnownNames.DIVERGENCE_ATTACKS);
        assertThat(attacks(name -> parameters(name, 1, AttackObjective.CROSS_ENTROPY, 0)))
                .containsExactlyInAnyOrderElementsOf(KnownNames.TARGETABLE_ATTACKS);
        List<String> restarted = attacks(name -> parameters(name, 2, AttackObjective.CROSS_ENTROPY, null));
        assertThat(KnownNames.ATTACKS.stream().filter(name -> !restarted.contains(name)))
                .isEqualTo(KnownNames.ATTACKS_WITHOUT_RANDOM_START);
    }

    private static List<String> attacks(Consumer<String> made) {
        return KnownNames.ATTACKS.stream()
                .filter(name -> catchThrowable(() -> made.accept(name)) == null)
                .toList();
    }

    private static void parameters(String name, int restarts, AttackObjective objective, Integer targetClass) {
        AttackKind kind = AttackKind.named(name);
        boolean pgd = kind.hasStepSize();
        Norm norm = Norm.named(kind.norms().get(0));
        AttackParameters.builder()
                .name(name)
                .norm(norm)
                .epsilon(0.5)
                .steps(1)
                .stepSize(pgd ? 0.1 : null)
                .randomStart(pgd ? true : null)
                .restarts(restarts)
                .objective(objective)
                .targetClass(targetClass)
                .build();
    }

    @Test
    void everyOptimizerScheduleAndBatchNormModeThatMayBeNamedExistsAndNoOther() {
        assertThat(Optimizer.names()).containsExactlyInAnyOrderElementsOf(KnownNames.OPTIMIZERS);
        assertThat(LearningRateSchedule.names()).containsExactlyInAnyOrderElementsOf(KnownNames.SCHEDULES);
        assertThat(BatchNormMode.names()).containsExactlyInAnyOrderElementsOf(KnownNames.BATCH_NORM_MODES);
    }

    @Test
    void theMethodsThatAreSaidToSeeNoCleanViewAreThoseThatDualBatchNormsRefuse() {
        for (String name : KnownNames.METHODS) {
            TrainingMethod method = Methods.named(name, new MethodSettings(12, 6));
            if (!MethodKind.named(name).seesCleanViews()) {
                assertThatThrownBy(() -> BatchNormMode.DUAL.forMethod(method)).hasMessageContaining(name);
            } else {
                assertThat(BatchNormMode.DUAL.forMethod(method)).as(name).isNotNull();
            }
        }
    }
}
