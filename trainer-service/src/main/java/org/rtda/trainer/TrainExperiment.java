package org.rtda.trainer;

import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.settings.InputNormalization;
import org.rtda.contracts.settings.OptimizerSettings;
import org.rtda.contracts.settings.SelectionSettings;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.PretrainedWeights;
import org.rtda.core.network.Weights;
import org.rtda.messaging.LogContext;
import org.rtda.nn.pytorch.engine.NonFiniteException;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.nn.pytorch.method.AdamWStep;
import org.rtda.nn.pytorch.method.BatchNormMode;
import org.rtda.nn.pytorch.method.MethodSettings;
import org.rtda.nn.pytorch.method.Methods;
import org.rtda.nn.pytorch.method.Optimizer;
import org.rtda.nn.pytorch.method.OptimizerStep;
import org.rtda.nn.pytorch.method.SgdStep;
import org.rtda.nn.pytorch.method.StepReport;
import org.rtda.nn.pytorch.method.TrainableNetwork;
import org.rtda.nn.pytorch.method.TrainingMethod;
import org.rtda.nn.pytorch.method.TrainingOptions;
import org.rtda.nn.pytorch.method.TrainingState;
import org.rtda.store.ArtifactStore;
import org.rtda.store.CleanViews;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;
import org.rtda.store.RunMemory;
import org.rtda.trainer.plan.Selection;
import org.rtda.trainer.plan.SpecDifferences;
import org.rtda.trainer.plan.TrainingPlan;

/**
 * One run of an experiment, from its latest checkpoint to its end. The result depends on the specification and the data
 * alone: not on how often the run was interrupted, nor on who made the views. For one thread.
 */
public final class TrainExperiment implements Training {
    private static final Logger LOG = Logger.getLogger(TrainExperiment.class);

    private final TorchEngine engine;
    private final ArtifactStore store;
    private final DatasetReader datasets;
    private final Payloads payloads;
    private final WorkExchange exchange;
    private final TrainerEvents events;
    private final Checkpoints checkpoints;
    private final ExportedModel exportedModel;
    private final String instance;
    private final long memoryBytes;
    private ExperimentStatus lastTold;

    /** On a trainer that has memory for every run. */
    public TrainExperiment(
            TorchEngine engine,
            ArtifactStore store,
            DatasetReader datasets,
            Payloads payloads,
            WorkExchange exchange,
            TrainerEvents events,
            String instance) {
        this(engine, store, datasets, payloads, exchange, events, instance, Long.MAX_VALUE);
    }

    /**
     * @param instance this trainer's name: in its status, and where workers send their answers
     * @param memoryBytes what a run may need ({@link RunMemory})
     */
    public TrainExperiment(
            TorchEngine engine,
            ArtifactStore store,
            DatasetReader datasets,
            Payloads payloads,
            WorkExchange exchange,
            TrainerEvents events,
            String instance,
            long memoryBytes) {
        this.engine = engine;
        this.store = store;
        this.datasets = datasets;
        this.payloads = payloads;
        this.exchange = exchange;
        this.events = events;
        this.checkpoints = new Checkpoints(store);
        this.exportedModel = new ExportedModel(engine, datasets);
        this.instance = instance;
        this.memoryBytes = memoryBytes;
    }

    /** The attempt after that of the latest checkpoint; 1 for an experiment that has none. */
    public long nextAttempt(String experimentId) {
        return latest(experimentId).map(CheckpointSaved::attempt).orElse(0L) + 1;
    }

    @Override
    public Optional<CheckpointSaved> latest(String experimentId) {
        return checkpoints.latest(experimentId);
    }

    @Override
    public Optional<ExperimentStatus> lastTold(String experimentId) {
        return Optional.ofNullable(lastTold)
                .filter(status -> status.experimentId().equals(experimentId));
    }

    @Override
    public String deviceName() {
        return engine.deviceName();
    }

    /**
     * Trains to the end and publishes every step, checkpoint and change of state but the final one.
     *
     * @return the last checkpoint
     * @throws TrainingFailedException when it cannot go on
     * @throws org.rtda.contracts.check.InvalidFieldException when it does not fit the trainer's memory
     * @throws TrainingStoppedException when {@code control} says so
     * @throws org.rtda.store.ArtifactException when something it needs is missing, altered or out of reach
     */
    @Override
    public CheckpointSaved run(ExperimentCommand.Submit experiment, long attempt, RunControl control) {
        ExperimentSpec spec = experiment.spec();
        DatasetManifest manifest = datasets.manifest(experiment.dataset());
        NetworkArchitecture architecture = architecture(spec, manifest);
        TrainingMethod method = method(spec);
        TrainingPlan plan =
                new TrainingPlan(spec, manifest.split(SplitNames.TRAIN).count());
        TrainingOptions options = options(spec, method, manifest);

        Optional<CheckpointSaved> latest = checkpoints.latest(experiment.experimentId());
        latest.ifPresent(checkpoint -> requireSameRun(checkpoint, experiment));
        // published again: the trainer that saved it may have died before it could
        latest.ifPresent(events::checkpoint);
        if (latest.isPresent() && latest.get().last()) {
            return latest.get();
        }
        // a gateway that knows no trainer's memory lets every run pass, and one that is too large would end this
        // process
        RunMemory.requireFits(spec, manifest, memoryBytes);
        long firstStep = latest.map(CheckpointSaved::step).orElse(0L);
        TrainingState initial = latest.map(checkpoints::state)
                .orElseGet(() -> TrainingState.initial(architecture, initialWeights(spec, architecture), options));
        EpochEnd epochEnd = new EpochEnd(
                experiment,
                attempt,
                plan,
                architecture,
                exportedModel,
                checkpoints,
                events,
                selection(experiment, attempt, architecture, control, latest));

        RunProgress progress =
                new RunProgress(experiment, attempt, plan, method.objective(), instance, engine.deviceName());
        tell(progress.running(firstStep));
        StepViews views = new StepViews(
                experiment,
                attempt,
                instance,
                plan,
                method,
                new long[] {manifest.channels(), manifest.height(), manifest.width()},
                store,
                payloads,
                new CleanViews(datasets),
                exchange,
                control,
                events::requireOwned,
                firstStep);
        try (TrainableNetwork network = new TrainableNetwork(engine, architecture, initial, options)) {
            views.weightsReached(firstStep, network::attackedWeights);
            for (long step = firstStep; ; step++) {
                control.check();
                LogContext.step(step);
                long start = System.nanoTime();
                StepViews.Gathered gathered = views.gather(step);
                double learningRate = plan.learningRate(step);
                try {
                    StepReport report = network.step(
                            Methods.named(spec.method(), plan.methodSettings(step)),
                            gathered.byName(),
                            gathered.labels(),
                            hyper(spec.optimizer(), learningRate, step + 1));
                    views.weightsReached(step + 1, network::attackedWeights);
                    events.metric(
                            progress.metric(step, learningRate, report, System.nanoTime() - start, views.waits()));
                    if (plan.endsEpoch(step)) {
                        CheckpointSaved saved = epochEnd.save(step, network);
                        tell(progress.running(step + 1));
                        if (saved.last()) {
                            return saved;
                        }
                    }
                } catch (NonFiniteException e) {
                    throw new TrainingFailedException(
                            e.getMessage() + "; in epoch " + (plan.epochOf(step) + 1) + ", step " + (step + 1)
                                    + ", at learning rate " + learningRate + ": try a lower optimizer.learningRate",
                            e);
                }
            }
        } finally {
            views.close();
        }
    }

    /** Empty where every epoch is as good as any other. */
    private Optional<EpochEnd.Selecting> selection(
            ExperimentCommand.Submit experiment,
            long attempt,
            NetworkArchitecture architecture,
            RunControl control,
            Optional<CheckpointSaved> latest) {
        SelectionSettings settings = experiment.spec().selection();
        if (!settings.needsValidation()) {
            return Optional.empty();
        }
        Validation validation = new Validation(
                experiment,
                attempt,
                instance,
                engine,
                architecture,
                datasets,
                payloads,
                exchange,
                control,
                events::requireOwned);
        Selection soFar = latest.map(checkpoints::selection).orElseGet(() -> Selection.before(settings));
        return Optional.of(new EpochEnd.Selecting(validation, soFar));
    }

    private static NetworkArchitecture architecture(ExperimentSpec spec, DatasetManifest manifest) {
        NetworkArchitecture named = NetworkArchitecture.named(
                spec.network(),
                manifest.channels(),
                manifest.height(),
                manifest.width(),
                manifest.classes().size());
        InputNormalization normalization = spec.trainedNormalization();
        return normalization == null ? named : named.normalizedBy(normalization.mean(), normalization.deviation());
    }

    static TrainingMethod method(ExperimentSpec spec) {
        return Methods.named(spec.method(), new MethodSettings(spec.lambda(), spec.beta()));
    }

    private static TrainingOptions options(ExperimentSpec spec, TrainingMethod method, DatasetManifest manifest) {
        return new TrainingOptions(
                Optimizer.named(spec.optimizer().name()),
                BatchNormMode.named(spec.batchNorm()).forMethod(method),
                spec.classWeights().equals("balanced")
                        ? ClassWeights.balanced(manifest.classes(), manifest.split(SplitNames.TRAIN))
                        : List.of(),
                spec.optimizer().clipNorm(),
                spec.optimizer().averaging());
    }

    private Weights initialWeights(ExperimentSpec spec, NetworkArchitecture architecture) {
        Seed seed = new Seed(spec.seed()).forPurpose("initial-weights");
        ObjectRef file = spec.initialWeights();
        if (file == null) {
            return Initialization.weights(architecture, seed);
        }
        PretrainedWeights.Fitted fitted = InitialWeights.decode(architecture, file, store.get(file), seed);
        if (!fitted.changes().isEmpty()) {
            LOG.infof("initialWeights %s were fitted: %s", file.key(), String.join("; ", fitted.changes()));
        }
        return fitted.weights();
    }

    private static OptimizerStep hyper(OptimizerSettings optimizer, double learningRate, long number) {
        return switch (Optimizer.named(optimizer.name())) {
            case SGD ->
                new SgdStep(
                        learningRate,
                        optimizer.momentum(),
                        optimizer.weightDecay(),
                        // without momentum there is nothing to look ahead along
                        optimizer.nesterov() && optimizer.momentum() > 0);
            case ADAMW -> new AdamWStep(learningRate, optimizer.weightDecay(), number);
        };
    }

    private void tell(ExperimentStatus status) {
        lastTold = status;
        events.status(status);
    }

    private static void requireSameRun(CheckpointSaved checkpoint, ExperimentCommand.Submit experiment) {
        if (!checkpoint.spec().equals(experiment.spec())) {
            throw new TrainingFailedException("the checkpoint at epoch " + checkpoint.epoch()
                    + " was made under another configuration: "
                    + String.join("; ", SpecDifferences.between(checkpoint.spec(), experiment.spec()))
                    + ": submit it under another id");
        }
        if (!checkpoint.dataset().equals(experiment.dataset())) {
            throw new TrainingFailedException("the checkpoint at epoch " + checkpoint.epoch()
                    + " was made on other data: manifest "
                    + checkpoint.dataset().manifest().sha256() + " instead of "
                    + experiment.dataset().manifest().sha256());
        }
    }
}
