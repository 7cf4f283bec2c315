package org.rtda.core.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An estimate of the memory outside of Java's heap that one optimiser step takes at its peak, in bytes. It is never below
 * what was measured on a CPU, and at most {@link #LARGEST_EXCESS} times as much (the test of this class in {@code nn-pytorch}, which
 * takes real steps).
 *
 * <p>When the backward pass begins, the values that it reads are there for every image of every view: for each layer the inputs or
 * outputs that its derivative needs, as PyTorch keeps them. On top come the arrays that one layer works with, the weights in
 * several roles, and the images. The settings of malloc under which the services run keep what was freed, so that memory of one pass
 * serves the next; the holes in between cost a share of the activations ({@link #HOLES}). On a GPU, whose memory PyTorch deals out
 * itself, it was not compared with measurements.
 *
 * @param activations kept for the backward pass, images included: of all views together, with the holes between them
 * @param working gradients and reordered copies of the layer with the largest input and output
 * @param weights the parameters, the step's copies of them, gradients, what the optimiser remembers and the average
 * @param engine what the first steps load and compile, whatever the network
 */
public record TrainingMemory(long activations, long working, long weights, long engine) {
    /** How many times what a step was measured to take the estimate may be. */
    public static final double LARGEST_EXCESS = 2;

    /** Measured: 1.0 to 1.6 times what lives, growing a little over the first 25 steps. */
    private static final double HOLES = 1.8;
    /** Of what a layer reads and gives: the values, their gradients and reordered copies, each in memory of its own. */
    private static final int WORKING_COPIES = 6;
    /** The parameters themselves, the copies that a step works on, and their gradients. */
    private static final int WEIGHT_ROLES = 3;
    /** Gradient and reordered copy of the layer with most parameters. */
    private static final int WEIGHT_COPIES = 2;

    private static final long ENGINE = 120_000_000;

    /**
     * What a step is given.
     *
     * @param batch images of a view, at least 1
     * @param views forward passes whose values are kept until the backward pass, at least 1
     * @param joint whether all views go through the network as one batch
     * @param optimizerBuffers arrays that the optimiser remembers of each parameter
     * @param averaged whether an average of the weights is kept
     */
    public record Step(int batch, int views, boolean joint, int optimizerBuffers, boolean averaged) {
        public Step {
            if (batch < 1 || views < 1 || optimizerBuffers < 0) {
                throw new IllegalArgumentException(
                        "a step needs at least 1 image and 1 view, and no less than 0 buffers, had " + batch
                                + " images, " + views + " views and " + optimizerBuffers + " buffers");
            }
        }

        private long imagesOfAPass() {
            return (long) batch * (joint ? views : 1);
        }
    }

    public static TrainingMemory of(NetworkArchitecture network, Step step) {
        PerImage image = PerImage.of(network);
        long parameters =
                network.parameters().stream().mapToLong(Parameter::size).sum();
        long largest =
                network.parameters().stream().mapToLong(Parameter::size).max().orElse(0);
        long roles = WEIGHT_ROLES + step.optimizerBuffers() + (step.averaged() ? 1 : 0);
        return new TrainingMemory(
                (long) (HOLES * Float.BYTES * image.kept * step.batch() * step.views()),
                Float.BYTES * WORKING_COPIES * image.largestLayer * step.imagesOfAPass(),
                Float.BYTES * (parameters * roles + WEIGHT_COPIES * largest),
                ENGINE);
    }

    public long bytes() {
        return activations + working + weights + engine;
    }

    /**
     * Values of one image.
     *
     * @param kept until the backward pass
     * @param largestLayer read and given by the layer that has most of both
     */
    private record PerImage(long kept, long largestLayer) {
        static PerImage of(NetworkArchitecture network) {
            Map<String, Sides> sides = new HashMap<>();
            sides.put(NetworkArchitecture.INPUT, new Sides(network.channels(), network.height(), network.width()));
            Set<String> kept = new HashSet<>(Set.of(NetworkArchitecture.INPUT));
            long copies = 0;
            long largest = 0;
            for (Layer layer : network.layers()) {
                Sides output = ShapeRules.output(layer, sides);
                Sides input = sides.get(layer.inputs().get(0));
                sides.put(layer.name(), output);
                copies += keep(layer, input, output, kept);
                largest = Math.max(largest, input.values() + output.values());
            }
            long named =
                    kept.stream().mapToLong(name -> sides.get(name).values()).sum();
            return new PerImage(named + copies, largest);
        }

        /**
         * Notes which of the layer's values its derivative reads.
         *
         * @return values kept that are no layer's output
         */
        private static long keep(Layer layer, Sides input, Sides output, Set<String> kept) {
            if (layer instanceof Layer.Normalization) {
                // the difference to the mean lives as long as the images
                return output.values();
            }
            if (layer instanceof Layer.Relu) {
                kept.add(layer.name());
                return 0;
            }
            if (layer instanceof Layer.Relu6) {
                kept.add(layer.name());
                // cut at 0 first, then at 6: both steps keep their own
                return output.values();
            }
            if (layer instanceof Layer.Add || layer instanceof Layer.GlobalAveragePool) {
                return 0;
            }
            kept.add(layer.inputs().get(0));
            if (layer instanceof Layer.MaxPool) {
                // the place of each largest value, eight bytes
                return 2 * output.values();
            }
            if (layer instanceof Layer.Convolution convolution
                    && !convolution.padding().isSymmetric()) {
                return new Sides(
                                input.channels(),
                                input.height() + convolution.padding().vertical(),
                                input.width() + convolution.padding().horizontal())
                        .values();
            }
            return 0;
        }
    }
}
