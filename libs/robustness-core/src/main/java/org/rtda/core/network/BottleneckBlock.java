package org.rtda.core.network;

/**
 * 1 x 1, 3 x 3 and 1 x 1 convolutions, the last to four times the stage's width (He et al., CVPR 2016, figure 5, right). As
 * in torchvision, and unlike in the paper, the 3 x 3 convolution carries the stride ("ResNet v1.5").
 *
 * @param widthFactor the inner convolutions' channels as a multiple of the stage's width: 1, or 2 in a wide network
 */
record BottleneckBlock(int widthFactor) implements ResidualBlock {
    private static final int EXPANSION = 4;

    @Override
    public String addTo(LayerChain layers, String prefix, String input, int in, int width, int stride) {
        int inner = width * widthFactor;
        int out = outputChannels(width);
        String first = layers.relu(
                prefix + "relu1",
                layers.normalizedConvolution(prefix + "conv1", prefix + "bn1", input, in, inner, 1, 1));
        String second = layers.relu(
                prefix + "relu2",
                layers.normalizedConvolution(prefix + "conv2", prefix + "bn2", first, inner, inner, 3, stride));
        String third = layers.normalizedConvolution(prefix + "conv3", prefix + "bn3", second, inner, out, 1, 1);
        String shortcut = layers.shortcut(prefix + "downsample", input, in, out, stride);
        return layers.relu(prefix + "relu3", layers.add(new Layer.Add(prefix + "add", third, shortcut)));
    }

    @Override
    public int outputChannels(int width) {
        return EXPANSION * width;
    }
}
