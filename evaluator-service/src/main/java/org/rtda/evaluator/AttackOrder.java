package org.rtda.evaluator;

import org.rtda.contracts.AttackSettings;
import org.rtda.contracts.ObjectRef;

/**
 * What is asked of attackers for a condition.
 *
 * @param draw names what the random starts are drawn for, beside the epoch and the condition; empty where the condition
 *     attacks once
 * @param network one of {@link org.rtda.contracts.KnownNames#NETWORKS}
 * @param weights the exact weights to attack
 * @param targetClass null when any wrong class will do
 */
record AttackOrder(String draw, String network, ObjectRef weights, AttackSettings attack, Integer targetClass) {

    /** Against the judged model. */
    static AttackOrder on(Judging judging, AttackSettings attack) {
        return new AttackOrder(
                "", judging.checkpoint().spec().network(), judging.checkpoint().weights(), attack, null);
    }

    AttackOrder towards(Integer targetClass) {
        return new AttackOrder(draw, network, weights, attack, targetClass);
    }

    AttackOrder drawnFor(String draw) {
        return new AttackOrder(draw, network, weights, attack, targetClass);
    }
}
