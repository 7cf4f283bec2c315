package org.rtda.nn.pytorch;

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

/**
 * A network in training. The same state, views, labels and settings give the same next state, bit for bit on the CPU with
 * one thread count. Holds native memory until closed; steps must come one after the other.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final TorchEngine engine;
    private final NetworkArchitecture architecture;
    private final NDManager manager;
    private final Map<String, NDArray> parameters;
    private final Map<String, NDArray> momentum;

    /** @throws IllegalArgumentException when the state does not fit the architecture */
    public TrainableNetwork(TorchEngine engine, NetworkArchitecture architecture, TrainingState initial) {
        architecture.requireFits(initial.weights());
        initial.momentum()
                .requireMatches(architecture.trainedParameters(), "momentum of network " + architecture.name());
        this.engine = engine;
        this.architecture = architecture;
        this.manager = engine.call(engine::newManager);
        this.parameters = engine.call(() -> NativeWeights.load(engine, manager, initial.weights()));
        this.momentum = engine.call(() -> NativeWeights.load(engine, manager, initial.momentum()));
    }

    /**
     * One optimiser step: a forward pass in training mode for each view in the method's order, the loss, its gradient, the
     * update. A step that throws leaves the network as it was.
     *
     * @param views exactly the method's views, each N x C x H x W in [0,1]
     * @param labels N
     * @throws NonFiniteException when the loss is NaN or infinite, with its terms
     */
    public StepReport step(TrainingMethod method, Map<String, ImageBatch> views, int[] labels, SgdStep hyper) {
        requireViews(method, views, labels);
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
            NDManager step, TrainingMethod method, Map<String, ImageBatch> views, int[] labels, SgdStep hyper) {
        Map<String, NDArray> copies = copies(step);
        Map<String, NDArray> logits = new LinkedHashMap<>();
        TrainingMethod.Loss loss;
        StepReport report;
        try (GradientCollector collector = engine.engine().newGradientCollector()) {
            Forward forward = new Forward(architecture, copies, true);
            for (View view : method.views()) {
                logits.put(view.name(), forward.logits(engine.load(step, views.get(view.name()))));
            }
            loss = method.loss(logits, new Targets(Labels.load(step, labels), null));
            report = report(loss, logits, labels);
            if (!Double.isFinite(report.loss())) {
                throw new NonFiniteException(
                        "the loss of " + method.name() + " became " + report.loss() + ", its terms " + report.terms());
            }
            collector.backward(loss.value());
        }
        for (Parameter parameter : architecture.parameters()) {
            String name = parameter.name();
            NDArray copy = copies.get(name);
            if (parameter.trained()) {
                Sgd.update(parameters.get(name), momentum.get(name), copy, hyper);
            } else {
                copy.attach(manager);
                parameters.put(name, copy).close();
            }
        }
        return report;
    }

    private Map<String, NDArray> copies(NDManager step) {
        Map<String, NDArray> copies = new LinkedHashMap<>();
        for (Parameter parameter : architecture.parameters()) {
            NDArray copy = parameters.get(parameter.name()).duplicate();
            copy.attach(step);
            if (parameter.trained()) {
                copy.setRequiresGradient(true);
            }
            copies.put(parameter.name(), copy);
        }
        return copies;
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
            Labels.require(labels, images.count(), architecture.classes());
        }
    }

    /**
     * The weights as they are now.
     *
     * @throws NonFiniteException when a value is NaN or infinite
     */
    public Weights weights() {
        return engine.call(() -> NativeWeights.read(parameters));
    }

    /**
     * The state as it is now; a network made from it goes on exactly as this one.
     *
     * @throws NonFiniteException when a value is NaN or infinite
     */
    public TrainingState state() {
        return engine.call(() -> new TrainingState(NativeWeights.read(parameters), NativeWeights.read(momentum)));
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
