package org.rtda.core.network;

import java.util.List;

/**
 * EfficientNet-Lite0: EfficientNet-B0 (Tan and Le, ICML 2019, table 1) without squeeze-and-excitation and with ReLU6 in place
 * of swish. Its blocks are the inverted residuals of Sandler et al., MobileNetV2, CVPR 2018: a 1 x 1 convolution that widens,
 * a depthwise one, a 1 x 1 convolution that narrows and has no activation after it.
 *
 * <p>Layers, paddings, epsilon and the names of the parameters are those of the Python package efficientnet_lite_pytorch
 * 0.1.0. What differs: its dropout before the classifier and its stochastic depth are left out, and running statistics move
 * by 0.1 a step ({@link Layer.BatchNormalization#MOMENTUM}), there by 0.01. All three matter to training only.
 */
record EfficientNetLite0() implements KnownNetwork {
    private static final String NAME = "efficientnet-lite0";

    /** The sides are halved five times; below, the last stage would see nothing but padding around less than a pixel. */
    private static final ImageSizes SIZES = new ImageSizes(32);

    private static final int STEM_WIDTH = 32;
    private static final int HEAD_WIDTH = 1280;

    private static final List<Stage> STAGES = List.of(
            new Stage(1, 3, 1, 1, 16),
            new Stage(2, 3, 2, 6, 24),
            new Stage(2, 5, 2, 6, 40),
            new Stage(3, 3, 2, 6, 80),
            new Stage(3, 5, 1, 6, 112),
            new Stage(4, 5, 2, 6, 192),
            new Stage(1, 3, 1, 6, 320));

    /**
     * @param stride of the first block; the others have 1
     * @param expansion channels of the depthwise convolution as a multiple of the block's input's
     * @param width channels of its output
     */
    private record Stage(int blocks, int kernel, int stride, int expansion, int width) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean takes(int channels, int height, int width) {
        return SIZES.hold(channels, height, width);
    }

    @Override
    public String imagesInWords() {
        return SIZES.inWords();
    }

    @Override
    public NetworkArchitecture of(int channels, int height, int width, int classes) {
        LayerChain layers = new LayerChain();
        String normalized = layers.normalizedInput(channels);
        InvertedResiduals chain = new InvertedResiduals(layers, normalized, new Sides(channels, height, width));
        chain.activated("_conv_stem", "_bn0", "_relu0", STEM_WIDTH, 3, 2, 1);
        int block = 0;
        for (Stage stage : STAGES) {
            for (int i = 0; i < stage.blocks(); i++) {
                chain.block(
                        "_blocks." + block++ + ".",
                        stage.kernel(),
                        i == 0 ? stage.stride() : 1,
                        stage.expansion(),
                        stage.width());
            }
        }
        String last = chain.activated("_conv_head", "_bn1", "_relu1", HEAD_WIDTH, 1, 1, 1);
        layers.add(new Layer.Linear(
                "_fc", layers.add(new Layer.GlobalAveragePool("_avg_pooling", last)), HEAD_WIDTH, classes));
        return new NetworkArchitecture(NAME, channels, height, width, classes, layers.all());
    }
}
