package org.rtda.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.rtda.attack.CraftAttack;
import org.rtda.attack.TargetNetworks;
import org.rtda.augment.AugmentImages;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.TrainingMetric;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.ArtifactStore;
import org.rtda.store.CleanViews;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;
import org.rtda.trainer.RunControl;
import org.rtda.trainer.TrainExperiment;
import org.rtda.trainer.TrainerEvents;

/** One experiment trained to its end in this process. */
public final class InProcessTraining implements AutoCloseable {
    private final TargetNetworks targets;
    private final TrainExperiment trainExperiment;
    private final List<TrainingMetric> metrics = new ArrayList<>();
    private final List<CheckpointSaved> checkpoints = new ArrayList<>();
    private final Consumer<TrainingMetric> watcher;

    /** @param store holds the data set and receives the checkpoints */
    public InProcessTraining(TorchEngine engine, ArtifactStore store) {
        this(engine, store, metric -> {});
    }

    /**
     * @param store holds the data set and receives the checkpoints
     * @param watcher is told of every step; what it throws ends the run, as if the trainer had died there
     */
    public InProcessTraining(TorchEngine engine, ArtifactStore store, Consumer<TrainingMetric> watcher) {
        this.watcher = watcher;
        DatasetReader datasets = new DatasetReader(store, 64 << 20);
        Payloads payloads = new Payloads(store, Payloads.DEFAULT_INLINE_LIMIT_BYTES);
        targets = new TargetNetworks(engine, store, 4);
        trainExperiment = new TrainExperiment(
                engine,
                store,
                datasets,
                payloads,
                new DirectWorkExchange(
                        new AugmentImages(new CleanViews(datasets)),
                        new CraftAttack(datasets, payloads, targets),
                        payloads),
                new Recorded(),
                "in-process");
    }

    /** @return the last checkpoint */
    public CheckpointSaved run(ExperimentCommand.Submit experiment) {
        return run(experiment, new RunControl());
    }

    /** As {@link #run(ExperimentCommand.Submit)}, ended early when the control says so. */
    public CheckpointSaved run(ExperimentCommand.Submit experiment, RunControl control) {
        return trainExperiment.run(experiment, trainExperiment.nextAttempt(experiment.experimentId()), control);
    }

    /** Of every step so far, in order. */
    public List<TrainingMetric> metrics() {
        return List.copyOf(metrics);
    }

    /** Announced so far, in order. */
    public List<CheckpointSaved> checkpoints() {
        return List.copyOf(checkpoints);
    }

    @Override
    public void close() {
        targets.close();
    }

    private final class Recorded implements TrainerEvents {
        @Override
        public void requireOwned() {
            // nobody else is there
        }

        @Override
        public void status(ExperimentStatus status) {
            // nobody watches a run in this process
        }

        @Override
        public void metric(TrainingMetric metric) {
            metrics.add(metric);
            watcher.accept(metric);
        }

        @Override
        public void checkpoint(CheckpointSaved checkpoint) {
            checkpoints.add(checkpoint);
        }
    }
}
