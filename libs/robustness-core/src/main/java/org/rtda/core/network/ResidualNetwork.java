package org.rtda.core.network;

import java.util.Collections;
import java.util.List;

/**
 * A residual network before it is fitted to images: normalisation to [-1, 1], a stem, stages of blocks of which each
 * doubles the channels and, from the second on, halves the sides, the mean over what is left, a linear layer.
 *
 * @param blocks of each stage
 * @param smallestSide of the images it takes, in pixels
 */
record ResidualNetwork(String name, Stem stem, Block block, List<Integer> blocks, int smallestSide)
        implements KnownNetwork {
    /** Activations grow with the area: at 256 x 256 a backward pass of resnet20 keeps some 100 MB an image. */
    private static final int LARGEST_SIDE = 256;

    private static final List<Integer> CHANNELS = List.of(1, 3);
    private static final float MEAN = 0.5f;
    private static final float DEVIATION = 0.5f;

    @Override
    public boolean takes(int channels, int height, int width) {
        return CHANNELS.contains(channels)
                && Math.min(height, width) >= smallestSide
                && Math.max(height, width) <= LARGEST_SIDE;
    }

    @Override
    public String imagesInWords() {
        return "1 or 3 channels and sides of " + smallestSide + " to " + LARGEST_SIDE + " pixels";
    }

    @Override
    public NetworkArchitecture of(int channels, int height, int width, int classes) {
        LayerChain layers = new LayerChain();
        String normalized = layers.add(new Layer.Normalization(
                "normalize",
                NetworkArchitecture.INPUT,
                Collections.nCopies(channels, MEAN),
                Collections.nCopies(channels, DEVIATION)));
        String last = stem.addTo(layers, normalized, channels, height, width);
        int in = stem.width();
        int stageWidth = stem.width();
        for (int stage = 0; stage < blocks.size(); stage++) {
            for (int i = 0; i < blocks.get(stage); i++) {
                int stride = stage > 0 && i == 0 ? 2 : 1;
                last = block.addTo(layers, "layer" + (stage + 1) + "." + i + ".", last, in, stageWidth, stride);
                in = block.outputChannels(stageWidth);
            }
            stageWidth *= 2;
        }
        layers.add(new Layer.Linear("fc", layers.add(new Layer.GlobalAveragePool("pool", last)), in, classes));
        return new NetworkArchitecture(name, channels, height, width, classes, layers.all());
    }
}
