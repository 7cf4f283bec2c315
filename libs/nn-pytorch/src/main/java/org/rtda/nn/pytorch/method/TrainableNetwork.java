package org.rtda.nn.pytorch.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.core.ImageBatch;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;
import org.rtda.core.network.Weights;
import org.rtda.nn.pytorch.engine.ClassIndices;
import org.rtda.nn.pytorch.engine.DirectConvolutions;
import org.rtda.nn.pytorch.engine.InPlace;
import org.rtda.nn.pytorch.engine.NativeWeights;
import org.rtda.nn.pytorch.engine.NetworkLayers;
import org.rtda.nn.pytorch.engine.NonFiniteException;
import org.rtda.nn.pytorch.engine.TorchEngine;

/**
 * A network in training. The same state, views, labels and settings give the same next state, bit for bit on the CPU with
 * one thread count. Holds native memory until closed; steps must come one after the other.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final TorchEngine engine;
    private final NetworkArchitecture architecture;
    private final NDManager manager;
    private final TrainingOptions options;
    private final List<Parameter> trained;
    private final Map<String, NDArray> parameters;
    private final Map<String, NDArray> buffers;
    private final Map<String, NDArray> averaged;

    /**
     * With the {@linkplain TrainingOptions#DEFAULT default options}.
     *
     * @throws IllegalArgumentException when the state does not fit the architecture
     */
    public TrainableNetwork(TorchEngine engine, NetworkArchitecture architecture, TrainingState initial) {
        this(engine, architecture, initial, TrainingOptions.DEFAULT);
    }

    /** @throws IllegalArgumentException when the state does not fit the architecture and the options */
    public TrainableNetwork(
            TorchEngine engine, NetworkArchitecture architecture, TrainingState initial, TrainingOptions options) {
        String owner = "network " + architecture.name();
        List<Parameter> all = options.parameters(architecture);
        initial.parameters().requireMatches(all, owner);
        initial.buffers()
                .requireMatches(
                        options.buffers(architecture), options.optimizer().title() + " of " + owner);
        initial.averaged()
                .requireMatches(options.averages() ? architecture.parameters() : List.of(), "the average of " + owner);
        if (!options.classWeights().isEmpty() && options.classWeights().size() != architecture.classes()) {
            throw new IllegalArgumentException("classWeights must hold one for each of the " + architecture.classes()
                    + " classes, held " + options.classWeights().size());
        }
        this.engine = engine;
        this.architecture = architecture;
        this.options = options;
        this.trained = all.stream().filter(Parameter::trained).toList();
        this.manager = engine.call(engine::newManager);
        this.parameters = engine.call(() -> NativeWeights.load(engine, manager, initial.parameters()));
        this.buffers = engine.call(() -> NativeWeights.load(engine, manager, initial.buffers()));
        this.averaged = engine.call(() -> NativeWeights.load(engine, manager, initial.averaged()));
    }

    /**
     * One optimiser step: forward passes in training mode as the batch-norm mode has it, the loss, its gradient, the update.
     * A step that throws leaves the network as it was.
     *
     * @param views exactly the method's views, each N x C x H x W in [0,1]
     * @param labels N
     * @param hyper of the optimiser that the options name
     * @throws NonFiniteException when the loss is NaN or infinite, with its terms; when gradients are clipped, also when
     *     their norm is
     * @throws IllegalArgumentException when views, labels, method or {@code hyper} do not fit
     */
    public StepReport step(TrainingMethod method, Map<String, ImageBatch> views, int[] labels, OptimizerStep hyper) {
        requireViews(method, views, labels);
        requireOptions(method, hyper);
        return engine.call(() -> {
            try (NDManager step = manager.newSubManager()) {
                return step(step, method, views, labels, hyper);
            }
        });
    }

    /**
     * Works on copies of the parameters that end with the step: their gradients end with them, so nothing accumulates and
     * nothing needs zeroing, and the network changes only once everything has worked out.
     */
    private StepReport step(
            NDManager step, TrainingMethod method, Map<String, ImageBatch> views, int[] labels, OptimizerStep hyper) {
        Map<String, NDArray> copies = copies(step);
        StepReport report;
        try (GradientCollector collector = engine.engine().newGradientCollector()) {
            Map<String, NDArray> logits = options.batchNorm()
                    .logits(
                            pass(step, copies),
                            pass(step, AdversarialBatchNorm.inPlace(architecture, copies)),
                            method.views(),
                            views);
            TrainingMethod.Loss loss = method.loss(
                    logits, new TrainingLabels(ClassIndices.load(step, labels), imageWeights(step, labels)));
            report = report(loss, logits, labels);
            if (!Double.isFinite(report.loss())) {
                throw new NonFiniteException(
                        "the loss of " + method.name() + " became " + report.loss() + ", its terms " + report.terms());
            }
            collector.backward(loss.value());
        }
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        trained.forEach(
                each -> gradients.put(each.name(), copies.get(each.name()).getGradient()));
        if (options.clipNorm() != null) {
            GradientClipping.clip(gradients.values(), options.clipNorm());
        }
        for (Parameter parameter : trained) {
            List<NDArray> remembered = options.optimizer().buffers().stream()
                    .map(buffer -> buffers.get(TrainingOptions.bufferName(buffer, parameter)))
                    .toList();
            hyper.update(parameters.get(parameter.name()), gradients.get(parameter.name()), remembered);
        }
        keepStatistics(copies);
        averaged.forEach((name, average) -> InPlace.average(average, parameters.get(name), options.averaging()));
        return report;
    }

    private BatchNormMode.Pass pass(NDManager step, Map<String, NDArray> weights) {
        NetworkLayers forward = new NetworkLayers(architecture, weights, new DirectConvolutions(weights), true);
        return images -> forward.logits(engine.load(step, images));
    }

    private Map<String, NDArray> copies(NDManager step) {
        Map<String, NDArray> copies = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            NDArray copy = parameter.duplicate();
            copy.attach(step);
            copies.put(name, copy);
        });
        trained.forEach(each -> copies.get(each.name()).setRequiresGradient(true));
        return copies;
    }

    /** The forward passes have updated the running statistics of the copies. */
    private void keepStatistics(Map<String, NDArray> copies) {
        for (Parameter parameter : options.parameters(architecture)) {
            if (!parameter.trained()) {
                NDArray copy = copies.get(parameter.name());
                copy.attach(manager);
                parameters.put(parameter.name(), copy).close();
            }
        }
    }

    /** Each image's share of a cross entropy, or null when all count the same. */
    private NDArray imageWeights(NDManager step, int[] labels) {
        if (options.classWeights().isEmpty()) {
            return null;
        }
        double sum = 0;
        for (int label : labels) {
            sum += options.classWeights().get(label);
        }
        float[] shares = new float[labels.length];
        for (int i = 0; i < labels.length; i++) {
            shares[i] = (float) (options.classWeights().get(labels[i]) / sum);
        }
        return engine.load(step, shares, new long[] {labels.length, 1});
    }

    private static StepReport report(TrainingMethod.Loss loss, Map<String, NDArray> logits, int[] labels) {
        Map<String, Double> terms = new LinkedHashMap<>();
        loss.terms().forEach((name, term) -> terms.put(name, (double) term.getFloat()));
        Map<String, Double> accuracy = new LinkedHashMap<>();
        logits.forEach((view, values) -> accuracy.put(view, accuracy(values.toFloatArray(), labels)));
        return new StepReport(loss.value().getFloat(), terms, accuracy);
    }

    private static double accuracy(float[] logits, int[] labels) {
        int classes = logits.length / labels.length;
        int right = 0;
        for (int n = 0; n < labels.length; n++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (logits[n * classes + c] > logits[n * classes + best]) {
                    best = c;
                }
            }
            right += best == labels[n] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    private void requireViews(TrainingMethod method, Map<String, ImageBatch> views, int[] labels) {
        List<String> wanted = method.views().stream().map(View::name).toList();
        if (views.size() != wanted.size() || !views.keySet().containsAll(wanted)) {
            throw new IllegalArgumentException(
                    "method " + method.name() + " needs the views " + wanted + ", got " + views.keySet());
        }
        for (ImageBatch images : views.values()) {
            architecture.requireFits(images);
            ClassIndices.require(labels, images.count(), architecture.classes());
        }
    }

    private void requireOptions(TrainingMethod method, OptimizerStep hyper) {
        if (hyper.optimizer() != options.optimizer()) {
            throw new IllegalArgumentException("this network is trained with "
                    + options.optimizer().title() + ", got a step of "
                    + hyper.optimizer().title());
        }
        if (options.batchNorm().forMethod(method) != options.batchNorm()) {
            throw new IllegalArgumentException("batchNorm must be separate or joint with method " + method.name()
                    + ", which has no adversarial views, was "
                    + options.batchNorm().title());
        }
    }

    /**
     * The weights to judge and to deploy: the average where the options ask for one, else the latest.
     *
     * @throws NonFiniteException when a value is NaN or infinite
     */
    public Weights weights() {
        return engine.call(
                () -> NativeWeights.read(options.averages() ? averaged : AdversarialBatchNorm.without(parameters)));
    }

    /**
     * The weights that this step's adversarial images are to be crafted on: the latest, under {@link BatchNormMode#DUAL} with
     * the adversarial images' batch norm in place of the network's own.
     *
     * @throws NonFiniteException when a value is NaN or infinite
     */
    public Weights attackedWeights() {
        return engine.call(() -> NativeWeights.read(AdversarialBatchNorm.inPlace(architecture, parameters)));
    }

    /**
     * The state as it is now; a network made from it with the same options goes on exactly as this one.
     *
     * @throws NonFiniteException when a value is NaN or infinite
     */
    public TrainingState state() {
        return engine.call(() -> new TrainingState(
                NativeWeights.read(parameters), NativeWeights.read(buffers), NativeWeights.read(averaged)));
    }

    /** Releases the native memory; closing twice is no error. */
    @Override
    public void close() {
        engine.run(() -> {
            manager.close();
            return null;
        });
    }
}
