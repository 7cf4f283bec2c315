package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.KnownNames;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.nn.pytorch.attack.AttackObjective;
import org.rtda.nn.pytorch.attack.Attacks;
import org.rtda.nn.pytorch.method.BatchNormMode;
import org.rtda.nn.pytorch.method.MethodSettings;
import org.rtda.nn.pytorch.method.Methods;
import org.rtda.nn.pytorch.method.Optimizer;
import org.rtda.nn.pytorch.method.TrainingMethod;

/** What people may ask for is what there is. */
class KnownNamesTest {

    @Test
    void everyMethodThatMayBeNamedExistsAndNoOther() {
        assertThat(Methods.names()).containsExactlyInAnyOrderElementsOf(KnownNames.METHODS);
    }

    @Test
    void everyMethodSaysHowManyViewsItKeeps() {
        assertThat(KnownNames.VIEWS_OF_METHODS.keySet()).containsExactlyInAnyOrderElementsOf(KnownNames.METHODS);
        KnownNames.VIEWS_OF_METHODS.forEach((name, views) -> assertThat(
                        Methods.named(name, new MethodSettings(12, 6)).views())
                .as(name)
                .hasSize(views));
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
    void everyOptimizerScheduleAndBatchNormModeThatMayBeNamedExistsAndNoOther() {
        assertThat(Optimizer.names()).containsExactlyInAnyOrderElementsOf(KnownNames.OPTIMIZERS);
        assertThat(LearningRateSchedule.names()).containsExactlyInAnyOrderElementsOf(KnownNames.SCHEDULES);
        assertThat(BatchNormMode.names()).containsExactlyInAnyOrderElementsOf(KnownNames.BATCH_NORM_MODES);
    }

    @Test
    void theMethodsThatAreSaidToSeeNoCleanViewAreThoseThatDualBatchNormsRefuse() {
        for (String name : KnownNames.METHODS) {
            TrainingMethod method = Methods.named(name, new MethodSettings(12, 6));
            if (KnownNames.METHODS_WITHOUT_CLEAN_VIEWS.contains(name)) {
                assertThatThrownBy(() -> BatchNormMode.DUAL.forMethod(method)).hasMessageContaining(name);
            } else {
                assertThat(BatchNormMode.DUAL.forMethod(method)).as(name).isNotNull();
            }
        }
    }
}
