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
        return ExperimentSpec.builder()
                .dataset("small")
                .method(method)
                .network(network)
                .epochs(epochs)
                .batchSize(batchSize)
                .seed(1L)
                .lookahead(lookahead)
                .shards(2)
                .attack(AttackSettings.builder().steps(attackSteps).build())
                .evaluation(EvaluationSettings.builder().everyEpochs(0).build())
                .build()
                .resolvedFor(new Datasets(store).list().get(0));
    }

    static ExperimentCommand.Submit submit(String id, ExperimentSpec spec, DatasetRef dataset) {
        return new ExperimentCommand.Submit(id + "/submit", Instant.now(), Event.SCHEMA_VERSION, id, spec, dataset);
    }
}
