package org.rtda.evaluator.lifecycle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ObjectKeys;
import org.rtda.evaluator.attack.AttackCentres;
import org.rtda.store.ArtifactStore;

/**
 * Removes attacked images of evaluations that have ended. Whoever announces an end removes what is there; attackers may answer requests
 * long after that, those of a cancelled evaluation above all, and the evaluator that asked may be gone. Several evaluators may do so at
 * once.
 */
public final class EvaluationSweep implements Runnable {
    private static final Logger LOG = Logger.getLogger(EvaluationSweep.class);

    private final ArtifactStore store;
    private final PublishedMetrics published;

    public EvaluationSweep(ArtifactStore store, PublishedMetrics published) {
        this.store = store;
        this.published = published;
    }

    /** @throws org.rtda.store.ArtifactStoreUnavailableException when the store is away; the next sweep removes the rest */
    @Override
    public void run() {
        Map<EvaluationId, Integer> removed = new HashMap<>();
        List<String> keys = store.list(ObjectKeys.TRANSIENTS);
        for (String key : keys) {
            AttackCentres.evaluationOf(key)
                    .filter(evaluation -> published.isComplete(evaluation.text()))
                    .ifPresent(evaluation -> {
                        store.delete(key);
                        removed.merge(evaluation, 1, Integer::sum);
                    });
        }
        removed.forEach((evaluation, number) -> LOG.infof(
                "Evaluation %s has ended: %d transient objects that came afterwards are removed", evaluation, number));
    }
}
