package org.rtda.evaluator.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ObjectKeys;

class AttackCentresTest {
    private static final EvaluationId OWN = EvaluationId.own("exp", 5);
    private static final EvaluationId REVIEW = EvaluationId.named("exp", 5, "review");

    private static String request(EvaluationId evaluation) {
        return AttackCentres.requestId(evaluation, 2, 7, "epoch-00005-attacked-jpeg@3", 1);
    }

    private static String key(EvaluationId evaluation, String instance) {
        return ObjectKeys.payload(AttackCentres.name(evaluation, instance, request(evaluation)));
    }

    @Test
    void anObjectIsNamedByItsEvaluationItsEvaluatorAndTheRequestThatStartsFromIt() {
        assertThat(request(OWN)).isEqualTo("exp/evaluations/epoch-00005/2/7/epoch-00005-attacked-jpeg@3/1");
        assertThat(key(OWN, "judge-1"))
                .isEqualTo("transient/exp/centres/evaluations/epoch-00005/judge-1/" + request(OWN) + ".f32");
        assertThat(key(REVIEW, "judge-1"))
                .isEqualTo("transient/exp/centres/named-evaluations/epoch-00005/review/judge-1/" + request(REVIEW)
                        + ".f32");
    }

    @Test
    void anEvaluationKnowsItsOwnWhicheverEvaluatorsTheyAre() {
        assertThat(key(OWN, "judge-1")).startsWith(AttackCentres.of(OWN));
        assertThat(key(OWN, "judge-2")).startsWith(AttackCentres.of(OWN));
        assertThat(key(REVIEW, "judge-1")).startsWith(AttackCentres.of(REVIEW));
        assertThat(ObjectKeys.payload(request(OWN))).startsWith(AttackCentres.answersTo(OWN));
        assertThat(ObjectKeys.payload(request(REVIEW))).startsWith(AttackCentres.answersTo(REVIEW));
    }

    @Test
    void whatIsOfAnotherEvaluationIsNotTakenForItsOwn() {
        EvaluationId earlier = EvaluationId.own("exp", 4);
        EvaluationId likeAView = EvaluationId.named("exp", 5, "epoch-00005");
        EvaluationId ofAnother = EvaluationId.own("ex", 5);
        for (EvaluationId other : new EvaluationId[] {REVIEW, earlier, likeAView, ofAnother}) {
            assertThat(key(OWN, "judge-1")).doesNotStartWith(AttackCentres.of(other));
            assertThat(key(other, "judge-1")).doesNotStartWith(AttackCentres.of(OWN));
            assertThat(ObjectKeys.payload(request(OWN))).doesNotStartWith(AttackCentres.answersTo(other));
            assertThat(ObjectKeys.payload(request(other))).doesNotStartWith(AttackCentres.answersTo(OWN));
        }
        assertThat(key(OWN, "judge-1")).doesNotStartWith(AttackCentres.answersTo(OWN));
    }
}
