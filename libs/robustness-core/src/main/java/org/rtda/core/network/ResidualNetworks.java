package org.rtda.core.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Residual networks for small images: He et al., Deep Residual Learning for Image Recognition, CVPR 2016, section 4.2: a
 * 3 x 3 stem of 16 channels, three stages of n blocks with 16, 32 and 64 channels, 6n + 2 weighted layers. Where a block
 * changes the shape, its shortcut is a 1 x 1 convolution with batch normalisation (the paper's option B; its CIFAR
 * experiments used the parameter-free option A). Images are first brought to [-1, 1].
 */
final class ResidualNetworks {
    private static final int[] WIDTHS = {16, 32, 64};
    private static final float MEAN = 0.5f;
    private static final float DEVIATION = 0.5f;

    /** Blocks a stage, by name. */
    private static final Map<String, Integer> BLOCKS = blocks();

    private final List<Layer> layers = new ArrayList<>();

    private ResidualNetworks() {}

    static List<String> names() {
        return List.copyOf(BLOCKS.keySet());
    }

    static NetworkArchitecture named(String name, int channels, int height, int width, int classes) {
        Integer blocks = BLOCKS.get(name);
        if (blocks == null) {
            throw new IllegalArgumentException("network must be one of " + names() + ", was " + name);
        }
        List<Layer> layers = new ResidualNetworks().build(blocks, channels, classes);
        return new NetworkArchitecture(name, channels, height, width, classes, layers);
    }

    private List<Layer> build(int blocks, int channels, int classes) {
        layers.add(new Layer.Normalization(
                "normalize",
                NetworkArchitecture.INPUT,
                Collections.nCopies(channels, MEAN),
                Collections.nCopies(channels, DEVIATION)));
        String last = relu("relu1", convolve("conv1", "bn1", "normalize", channels, WIDTHS[0], 3, 1));
        int in = WIDTHS[0];
        for (int stage = 0; stage < WIDTHS.length; stage++) {
            for (int block = 0; block < blocks; block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                last = block("layer" + (stage + 1) + "." + block + ".", last, in, WIDTHS[stage], stride);
                in = WIDTHS[stage];
            }
        }
        layers.add(new Layer.GlobalAveragePool("pool", last));
        layers.add(new Layer.Linear("fc", "pool", in, classes));
        return layers;
    }

    private String block(String prefix, String input, int in, int out, int stride) {
        String first = relu(prefix + "relu1", convolve(prefix + "conv1", prefix + "bn1", input, in, out, 3, stride));
        String second = convolve(prefix + "conv2", prefix + "bn2", first, out, out, 3, 1);
        String shortcut = stride == 1 && in == out
                ? input
                : convolve(prefix + "shortcut.0", prefix + "shortcut.1", input, in, out, 1, stride);
        layers.add(new Layer.Add(prefix + "add", second, shortcut));
        return relu(prefix + "relu2", prefix + "add");
    }

    private String convolve(String name, String normalization, String input, int in, int out, int kernel, int stride) {
        layers.add(new Layer.Convolution(name, input, in, out, kernel, stride, kernel / 2, false));
        layers.add(new Layer.BatchNormalization(normalization, name, out));
        return normalization;
    }

    private String relu(String name, String input) {
        layers.add(new Layer.Relu(name, input));
        return name;
    }

    private static Map<String, Integer> blocks() {
        Map<String, Integer> blocks = new LinkedHashMap<>();
        blocks.put("resnet8", 1);
        blocks.put("resnet20", 3);
        return Collections.unmodifiableMap(blocks);
    }
}
