package org.rtda.nn.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rtda.core.ImageBatch;
import org.rtda.core.Tensor;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;

/**
 * An ONNX classifier on ONNX Runtime, on the CPU. Its input is {@code images}, batch x C x H x W in [0,1], its first output
 * batch x classes. Safe for use by several threads, which share the model's thread pool; holds native memory until closed,
 * and must not be closed while calls run.
 *
 * <p>ONNX Runtime is the one that DJL's engine brings, called directly: DJL's own model hides the input's shape when the
 * batch size is open, and starts PyTorch beside it where that is on the class path.
 */
public final class OnnxClassifier implements AutoCloseable {
    private static final String INPUT = "images";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final long[] inputShape;
    private final int classes;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OnnxClassifier(OrtEnvironment environment, OrtSession session, long[] inputShape, int classes) {
        this.environment = environment;
        this.session = session;
        this.inputShape = inputShape;
        this.classes = classes;
    }

    /**
     * Loads a model.
     *
     * @param model the file's bytes
     * @param threads that one call may use, at least 1
     * @throws InvalidOnnxModelException when the bytes are no ONNX model that ONNX Runtime accepts, or one that has more than models of
     *     this project need (other operators, weights in other files), or its input is not one
     *     batch of images, or its output not one row of classes an image
     */
    public static OnnxClassifier load(byte[] model, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + threads);
        }
        OnnxModelCheck.require(model);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session = session(environment, model, threads);
        try {
            Map<String, NodeInfo> inputs = session.getInputInfo();
            long[] input = shape(inputs.get(INPUT));
            long[] output = shape(session.getOutputInfo().values().iterator().next());
            if (inputs.size() != 1 || input.length != 4) {
                throw new InvalidOnnxModelException(
                        "the model's input must be " + INPUT + " of four dimensions, its inputs are " + inputs, null);
            }
            if (output.length != 2 || output[1] < 2) {
                throw new InvalidOnnxModelException(
                        "the model's output must be batch x classes, was " + Arrays.toString(output), null);
            }
            return new OnnxClassifier(environment, session, input, Math.toIntExact(output[1]));
        } catch (OrtException | RuntimeException e) {
            close(session);
            throw e instanceof InvalidOnnxModelException invalid
                    ? invalid
                    : new InvalidOnnxModelException("the model cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Loads ONNX Runtime's native library, which otherwise happens with the first model. It registers a shutdown hook and so
     * cannot be loaded by a process that is already ending.
     */
    public static void loadRuntime() {
        OrtEnvironment.getEnvironment();
    }

    /**
     * Runs a model of one linear layer on one image; all its values are exact in float32.
     *
     * @throws IllegalStateException when the logits are wrong
     * @throws RuntimeException when the model cannot be loaded or run, in the words of ONNX Runtime
     */
    public static void requireRight() {
        NetworkArchitecture linear = new NetworkArchitecture(
                "linear",
                2,
                1,
                1,
                2,
                List.of(
                        new Layer.GlobalAveragePool("pool", NetworkArchitecture.INPUT),
                        new Layer.Linear("fc", "pool", 2, 2)));
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put("fc.weight", new Tensor(new long[] {2, 2}, new float[] {1, 2, 3, 4}));
        weights.put("fc.bias", new Tensor(new long[] {2}, new float[] {5, 6}));
        try (OnnxClassifier model = load(OnnxExport.write(linear, new Weights(weights)), 1)) {
            float[] logits = model.logits(new ImageBatch(1, 2, 1, 1, new float[] {0.5f, 0.25f}))[0];
            if (!Arrays.equals(logits, new float[] {6, 8.5f})) {
                throw new IllegalStateException("[1 2; 3 4] [0.5 0.25] + [5 6] is [6 8.5], and ONNX Runtime computed "
                        + Arrays.toString(logits));
            }
        }
    }

    private static OrtSession session(OrtEnvironment environment, byte[] model, int threads) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // idle threads of the pool sleep: other processes need the cores
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return environment.createSession(model, options);
        } catch (OrtException e) {
            throw new InvalidOnnxModelException("ONNX Runtime refuses the model: " + e.getMessage(), e);
        }
    }

    /** Empty for what is absent or no tensor. */
    private static long[] shape(NodeInfo node) {
        return node != null && node.getInfo() instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
    }

    /** How many logits an image has. */
    public int classes() {
        return classes;
    }

    /** What the model says about itself; empty when it says nothing. */
    public Map<String, String> metadata() {
        try {
            return Map.copyOf(session.getMetadata().getCustomMetadata());
        } catch (OrtException e) {
            throw new IllegalStateException("the model's metadata cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The logits of a batch. A call needs memory for the activations of its whole batch.
     *
     * @param images N x C x H x W in [0,1]
     * @return N rows of one value a class
     * @throws IllegalArgumentException when the images are not of the model's shape
     */
    public float[][] logits(ImageBatch images) {
        long[] shape = images.shape();
        for (int i = 1; i < shape.length; i++) {
            if (inputShape[i] > 0 && inputShape[i] != shape[i]) {
                throw new IllegalArgumentException("the model is for images of "
                        + Arrays.toString(Arrays.copyOfRange(inputShape, 1, 4)) + ", the batch is "
                        + Arrays.toString(shape));
            }
        }
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images.pixels()), shape);
                OrtSession.Result result = session.run(Map.of(INPUT, input))) {
            return (float[][]) result.get(0).getValue();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    /** Releases the native memory; closing twice is no error. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            close(session);
        }
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime did not release the model: " + e.getMessage(), e);
        }
    }
}
