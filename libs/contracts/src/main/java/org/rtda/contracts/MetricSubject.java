package org.rtda.contracts;

import org.rtda.contracts.check.Check;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.MethodKind;

/**
 * What a metric is about, so that one message can be shown without another beside it.
 *
 * @param dataset the data set's name
 * @param method one of {@link MethodKind#names}
 * @param network the network's name
 * @param seed of the training
 * @param norm {@code l2} or {@code linf}: of the attack in training; null of a method that trains without one
 * @param epsilon its radius in pixel units; null likewise
 * @param suite of the evaluation; null of a training metric
 * @param evaluation the name under which people asked for the evaluation; null of an experiment's own, and of a training
 *     metric
 * @param condition the label of the condition, for example {@code pgd-l2-10@0.5}; null of a message that is about no single
 *     condition
 */
public record MetricSubject(
        String dataset,
        String method,
        String network,
        long seed,
        String norm,
        Double epsilon,
        String suite,
        String evaluation,
        String condition) {
    public MetricSubject {
        Check.present("subject.dataset", dataset);
        Check.present("subject.method", method);
        Check.present("subject.network", network);
    }

    /** Of an experiment, whatever is measured of it. */
    public static MetricSubject of(ExperimentSpec spec) {
        boolean attacks = MethodKind.named(spec.method()).attacks();
        return new MetricSubject(
                spec.dataset(),
                spec.method(),
                spec.network(),
                spec.seed(),
                attacks ? spec.attack().norm() : null,
                attacks ? spec.attack().epsilon() : null,
                null,
                null,
                null);
    }

    /**
     * Of an evaluation of this experiment.
     *
     * @param id its id, which has the name under which people asked for it
     */
    public MetricSubject in(String evaluationSuite, String id) {
        String name = EvaluationId.find(id).map(EvaluationId::name).orElse(null);
        return new MetricSubject(dataset, method, network, seed, norm, epsilon, evaluationSuite, name, condition);
    }

    /** Under one condition. */
    public MetricSubject under(Condition one) {
        return new MetricSubject(dataset, method, network, seed, norm, epsilon, suite, evaluation, one.label());
    }
}
