package org.rtda.core.network;

import java.util.List;

/**
 * A residual network before it is fitted to images: normalisation to [-1, 1], a stem, stages of blocks of which each
 * doubles the channels and, from the second on, halves the sides, the mean over what is left, a linear layer.
 *
 * @param blocks of each stage
 * @param sizes of the images it takes
 */
record ResidualNetwork(String name, Stem stem, ResidualBlock block, List<Integer> blocks, ImageSizes sizes)
        implements KnownNetwork {
    @Override
    public boolean takes(int channels, int height, int width) {
        return sizes.hold(channels, height, width);
    }

    @Override
    public String imagesInWords() {
        return sizes.inWords();
    }

    @Override
    public NetworkArchitecture of(int channels, int height, int width, int classes) {
        LayerChain layers = new LayerChain();
        String normalized = layers.normalizedInput(channels);
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
