package org.rtda.evaluator.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ObjectKeys;

class AttackCentresTest {
    private static final EvaluationId OWN = EvaluationId.own("exp", 5);
    private static final EvaluationId REVIEW = EvaluationId.named("exp", 5, "review");

    private static String key(EvaluationId evaluation, String instance) {
        String request = AttackCentres.requestId(evaluation, 2, 7, "epoch-00005-attacked-jpeg@3", 1);
        return ObjectKeys.payload(AttackCentres.name("exp", instance, request));
    }

    @Test
    void anObjectIsNamedByItsEvaluatorAndTheRequestThatStartsFromIt() {
        assertThat(key(OWN, "judge-1"))
                .isEqualTo("transient/exp/centres/judge-1/exp/evaluations/2/7/epoch-00005-attacked-jpeg@3/1.f32")
                .startsWith(AttackCentres.ofExperiment("exp"));
        assertThat(key(REVIEW, "judge-1"))
                .isEqualTo(
                        "transient/exp/centres/judge-1/exp/evaluations/2/7/review-epoch-00005-attacked-jpeg@3/1.f32");
    }

    @Test
    void anEvaluationKnowsItsOwnWhicheverEvaluatorsTheyAre() {
        assertThat(AttackCentres.isOf(OWN, key(OWN, "judge-1"))).isTrue();
        assertThat(AttackCentres.isOf(OWN, key(OWN, "judge-2"))).isTrue();
        assertThat(AttackCentres.isOf(REVIEW, key(REVIEW, "judge-1"))).isTrue();
        assertThat(AttackCentres.isOf(OWN, key(REVIEW, "judge-1"))).isFalse();
        assertThat(AttackCentres.isOf(REVIEW, key(OWN, "judge-1"))).isFalse();
        assertThat(AttackCentres.isOf(EvaluationId.own("exp", 4), key(OWN, "judge-1")))
                .isFalse();
        String answer = ObjectKeys.payload(AttackCentres.requestId(OWN, 2, 7, "epoch-00005-attacked-jpeg@3", 1));
        assertThat(AttackCentres.isAnswerOf(OWN, answer)).isTrue();
        assertThat(AttackCentres.isAnswerOf(REVIEW, answer)).isFalse();
        assertThat(AttackCentres.isAnswerOf(OWN, key(OWN, "judge-1"))).isFalse();
        assertThat(AttackCentres.isOf(EvaluationId.own("ex", 5), key(OWN, "judge-1")))
                .isFalse();
    }
}
