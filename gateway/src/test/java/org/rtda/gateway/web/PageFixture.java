package org.rtda.gateway.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.store.ArtifactStore;

/** Experiments in every state that a page shows. */
public final class PageFixture {
    /** Finished, and every gate passed that was judged. */
    static final String ROBUST = "exp-robust000001";
    /** Finished, with a failed gate. */
    static final String PLAIN = "exp-plain0000001";

    /** Finished, and evaluated once more by name. */
    static final String TRADES = "exp-trades000001";

    static final String TRAINING = "exp-training0001";
    static final String QUEUED = "exp-queued000001";
    static final String FAILED = "exp-failed000001";

    private final PageData data;
    private final BiConsumer<Topic, Event> send;

    public PageFixture(ArtifactStore store, BiConsumer<Topic, Event> send) {
        this.data = new PageData(store);
        this.send = send;
    }

    public DatasetRef send(Path folder) throws IOException {
        DatasetRef dataset = data.importDataset(folder);
        finished(ROBUST, "rtda", 1, 0.9, dataset, Outcome.PASSED);
        finished("exp-robust000002", "rtda", 2, 0.86, dataset, Outcome.PASSED);
        finished(PLAIN, "erm", 1, 0.1, dataset, Outcome.FAILED);
        finished(TRADES, "trades", 1, 0.7, dataset, Outcome.PASSED);
        run(TRADES, "trades", 1, 0.7, dataset, 1).evaluatedByName("full");
        run(TRAINING, "rtda", 3, 0.85, dataset, 300)
                .submit()
                .status(State.RUNNING, 0, null)
                .train(1, 70)
                .status(State.RUNNING, 70, null);
        run(QUEUED, "adversarial", 1, 0.8, dataset, 330).submit();
        run(FAILED, "augmix", 1, 0.3, dataset, 120)
                .submit()
                .status(State.RUNNING, 0, null)
                .train(1, 12)
                .status(State.FAILED, 12, "loss is not finite at epoch 1, step 12, learning rate 0.1");
        run("exp-cancelled001", "erm", 2, 0.3, dataset, 110).submit().status(State.CANCELLED, 0, null);
        return dataset;
    }

    /** So many older ones, finished experiments that are like each other. */
    void sendMany(int count, DatasetRef dataset) {
        for (int i = 0; i < count; i++) {
            run(String.format("exp-many%08d", i), i % 2 == 0 ? "rtda" : "erm", i, 0.5, dataset, -1000 - i)
                    .submit()
                    .status(State.TRAINED, PageRun.STEPS, null);
        }
    }

    private void finished(
            String id, String method, long seed, double robustness, DatasetRef dataset, Outcome convergence) {
        PageRun run = run(id, method, seed, robustness, dataset, seed)
                .submit()
                .status(State.RUNNING, 0, null)
                .train(1, PageRun.STEPS);
        run.evaluated(data, convergence).status(State.TRAINED, PageRun.STEPS, null);
    }

    PageRun run(String id, String method, long seed, double robustness, DatasetRef dataset, long minutes) {
        ExperimentSpec spec = ExperimentSpec.builder()
                .dataset(PageData.DATASET)
                .method(method)
                .network("resnet8")
                .epochs(PageRun.EPOCHS)
                .batchSize(32)
                .seed(seed)
                .attack(AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(0.5)
                        .steps(7)
                        .build())
                .build();
        Instant begin = PageData.TIME.plusSeconds(60 * minutes);
        return new PageRun(id, spec, dataset, begin, robustness, send);
    }
}
