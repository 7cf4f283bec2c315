package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.KnownNames;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.nn.pytorch.AttackObjective;
import org.rtda.nn.pytorch.Attacks;
import org.rtda.nn.pytorch.BatchNormMode;
import org.rtda.nn.pytorch.Methods;
import org.rtda.nn.pytorch.Optimizer;

/** What people may ask for is what there is. */
class KnownNamesTest {

    @Test
    void everyMethodThatMayBeNamedExistsAndNoOther() {
        assertThat(Methods.names()).containsExactlyInAnyOrderElementsOf(KnownNames.METHODS);
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
}
