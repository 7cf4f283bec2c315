package org.rtda.core.network;

import java.util.ArrayList;
import java.util.List;

/**
 * One node of a network. Its name is unique in the network and names its output; its inputs are names of earlier layers
 * or {@link NetworkArchitecture#INPUT}. Values are N x C x H x W, or N x n after pooling.
 */
public sealed interface Layer {

    String name();

    /** Names of the layers whose outputs it reads, in order. */
    List<String> inputs();

    /** The same layer reading other values. */
    Layer withInputs(List<String> inputs);

    /** The arrays it owns, in a fixed order. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /**
     * {@code (x - mean) / deviation} per channel, with fixed values: it is a layer so that attacks and augmentations see
     * pixels in [0,1].
     *
     * @param mean one value a channel, in pixel units
     * @param deviation one value a channel, in pixel units, positive
     */
    record Normalization(String name, String input, List<Float> mean, List<Float> deviation) implements Layer {
        public Normalization {
            mean = List.copyOf(mean);
            deviation = List.copyOf(deviation);
            if (mean.isEmpty() || mean.size() != deviation.size()) {
                throw new IllegalArgumentException("a normalization needs as many means as deviations, had "
                        + mean.size() + " and " + deviation.size());
            }
            for (float value : deviation) {
                if (!(value > 0) || Float.isInfinite(value)) {
                    throw new IllegalArgumentException("deviation must be positive and finite, was " + value);
                }
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Layer withInputs(List<String> inputs) {
            return new Normalization(name, inputs.get(0), mean, deviation);
        }
    }

    /**
     * Square cross-correlation with zero padding. The channels are split into groups of neighbours; each group of outputs
     * reads its group of inputs only. Weight: out x (in / groups) x kernel x kernel; bias: out, when there is one.
     *
     * @param kernel side of the kernel, in pixels
     * @param padding zeros added around the input
     * @param groups divides both numbers of channels; 1 for a full convolution, as many as channels for a depthwise one
     */
    record Convolution(
            String name,
            String input,
            int inputChannels,
            int outputChannels,
            int kernel,
            int stride,
            Padding padding,
            boolean bias,
            int groups)
            implements Layer {
        public Convolution {
            if (inputChannels < 1 || outputChannels < 1 || kernel < 1 || stride < 1) {
                throw new IllegalArgumentException("convolution " + name + " has a side below 1");
            }
            if (groups < 1 || inputChannels % groups != 0 || outputChannels % groups != 0) {
                throw new IllegalArgumentException("convolution " + name + " needs groups that divide its "
                        + inputChannels + " input and " + outputChannels + " output channels, had " + groups);
            }
        }

        /** One group, and the same padding on each side. */
        public Convolution(
                String name,
                String input,
                int inputChannels,
                int outputChannels,
                int kernel,
                int stride,
                int padding,
                boolean bias) {
            this(name, input, inputChannels, outputChannels, kernel, stride, Padding.all(padding), bias, 1);
        }

        /** The same layer with a bias. */
        Convolution withBias() {
            return new Convolution(name, input, inputChannels, outputChannels, kernel, stride, padding, true, groups);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Layer withInputs(List<String> inputs) {
            return new Convolution(
                    name, inputs.get(0), inputChannels, outputChannels, kernel, stride, padding, bias, groups);
        }

        @Override
        public List<Parameter> parameters() {
            List<Parameter> all = new ArrayList<>();
            all.add(new Parameter(
                    weightName(),
                    new long[] {outputChannels, inputChannels / groups, kernel, kernel},
                    Parameter.Role.WEIGHT));
            if (bias) {
                all.add(new Parameter(biasName(), new long[] {outputChannels}, Parameter.Role.BIAS));
            }
            return List.copyOf(all);
        }

        public String weightName() {
            return name + ".weight";
        }

        public String biasName() {
            return name + ".bias";
        }
    }

    /**
     * Batch normalisation over N, H and W (Ioffe and Szegedy, 2015), with PyTorch's conventions: biased variance to
     * normalise, unbiased in the running statistic, {@code running = (1 - momentum) * running + momentum * batch}.
     *
     * @param epsilon added to the variance, positive
     */
    record BatchNormalization(String name, String input, int channels, double epsilon) implements Layer {
        /** PyTorch's default. */
        public static final double EPSILON = 1e-5;

        public static final double MOMENTUM = 0.1;

        public BatchNormalization {
            if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
                throw new IllegalArgumentException(
                        "batch normalisation " + name + " needs a positive, finite epsilon, had " + epsilon);
            }
        }

        /** With {@link #EPSILON}. */
        public BatchNormalization(String name, String input, int channels) {
            this(name, input, channels, EPSILON);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Layer withInputs(List<String> inputs) {
            return new BatchNormalization(name, inputs.get(0), channels, epsilon);
        }

        @Override
        public List<Parameter> parameters() {
            long[] shape = {channels};
            return List.of(
                    new Parameter(weightName(), shape, Parameter.Role.WEIGHT),
                    new Parameter(biasName(), shape, Parameter.Role.BIAS),
                    new Parameter(meanName(), shape, Parameter.Role.RUNNING_MEAN),
                    new Parameter(varianceName(), shape, Parameter.Role.RUNNING_VARIANCE));
        }

        public String weightName() {
            return name + ".weight";
        }

        public String biasName() {
            return name + ".bias";
        }

        public String meanName() {
            return name + ".running_mean";
        }

        public String varianceName() {
            return name + ".running_var";
        }
    }

    /** {@code max(x, 0)}. */
    record Relu(String name, String input) implements Layer {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Layer withInputs(List<String> inputs) {
            return new Relu(name, inputs.get(0));
        }
    }

    /** {@code min(max(x, 0), 6)}. */
    record Relu6(String name, String input) implements Layer {
        /** The largest value it gives. */
        public static final float LARGEST = 6;

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Layer withInputs(List<String> inputs) {
            return new Relu6(name, inputs.get(0));
        }
    }

    /** The sum of two values of one shape: the end of a residual block. */
    record Add(String name, String left, String right) implements Layer {
        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }

        @Override
        public Layer withInputs(List<String> inputs) {
            return new Add(name, inputs.get(0), inputs.get(1));
        }
    }

    /**
     * The largest value in each square window. What padding adds is below every value, so it is never the largest.
     *
     * @param kernel side of the window, in pixels
     * @param padding on each side, in pixels; at most half the kernel, so that every window holds a pixel
     */
    record MaxPool(String name, String input, int kernel, int stride, int padding) implements Layer {
        public MaxPool {
            if (kernel < 1 || stride < 1 || padding < 0 || padding > kernel / 2) {
                throw new IllegalArgumentException("max pooling " + name
                        + " needs a kernel and a stride of at least 1 and a padding in [0, kernel / 2], had kernel "
                        + kernel + ", stride " + stride + ", padding " + padding);
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Layer withInputs(List<String> inputs) {
            return new MaxPool(name, inputs.get(0), kernel, stride, padding);
        }
    }

    /** The mean over H and W: N x C x H x W to N x C. */
    record GlobalAveragePool(String name, String input) implements Layer {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Layer withInputs(List<String> inputs) {
            return new GlobalAveragePool(name, inputs.get(0));
        }
    }

    /** {@code x W^T + b}. Weight: out x in; bias: out. */
    record Linear(String name, String input, int inputFeatures, int outputFeatures) implements Layer {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public Layer withInputs(List<String> inputs) {
            return new Linear(name, inputs.get(0), inputFeatures, outputFeatures);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(
                    new Parameter(weightName(), new long[] {outputFeatures, inputFeatures}, Parameter.Role.WEIGHT),
                    new Parameter(biasName(), new long[] {outputFeatures}, Parameter.Role.BIAS));
        }

        public String weightName() {
            return name + ".weight";
        }

        public String biasName() {
            return name + ".bias";
        }
    }
}
