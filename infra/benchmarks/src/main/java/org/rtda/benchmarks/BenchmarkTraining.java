package org.rtda.benchmarks;

import java.time.Instant;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.EvaluationSettings;
import org.rtda.store.ArtifactStore;
import org.rtda.store.Datasets;

/** Experiments on {@link SmallDataset}. */
final class BenchmarkTraining {
    private BenchmarkTraining() {}

    /** Two shards a batch; evaluations in between are off. */
    static ExperimentSpec spec(
            String method,
            String network,
            int batchSize,
            int epochs,
            int attackSteps,
            int lookahead,
            ArtifactStore store) {
        return new ExperimentSpec(
                        "small",
                        method,
                        network,
                        epochs,
                        batchSize,
                        1L,
                        null,
                        lookahead,
                        2,
                        null,
                        null,
                        null,
                        AttackSettings.pgd(null, null, attackSteps, null, null),
                        new EvaluationSettings(0, null, null, null, null, null, null),
                        null)
                .resolvedFor(new Datasets(store).list().get(0));
    }

    static ExperimentCommand.Submit submit(String id, ExperimentSpec spec, DatasetRef dataset) {
        return new ExperimentCommand.Submit(id + "/submit", Instant.now(), Event.SCHEMA_VERSION, id, spec, dataset);
    }
}
