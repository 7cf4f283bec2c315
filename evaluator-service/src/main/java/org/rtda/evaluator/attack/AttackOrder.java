package org.rtda.evaluator.attack;

import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.InputNormalization;
import org.rtda.evaluator.context.EvaluationContext;

/**
 * The attack that a condition requests from attack workers: network, weights, attack and target class.
 *
 * @param draw names what the random starts are drawn for, beside the epoch and the condition; empty where the condition
 *     attacks once
 * @param network one of {@link org.rtda.contracts.check.KnownNames#NETWORKS}
 * @param weights the exact weights to attack
 * @param normalization the network's first layer; null for [-1,1]
 * @param targetClass null when any wrong class will do
 */
public record AttackOrder(
        String draw,
        String network,
        ObjectRef weights,
        InputNormalization normalization,
        AttackSettings attack,
        Integer targetClass) {

    /** Against the judged model. */
    public static AttackOrder on(EvaluationContext judging, AttackSettings attack) {
        ExperimentSpec spec = judging.checkpoint().spec();
        return new AttackOrder(
                "", spec.network(), judging.checkpoint().weights(), spec.trainedNormalization(), attack, null);
    }

    public AttackOrder towards(Integer targetClass) {
        return new AttackOrder(draw, network, weights, normalization, attack, targetClass);
    }

    public AttackOrder drawnFor(String draw) {
        return new AttackOrder(draw, network, weights, normalization, attack, targetClass);
    }
}
