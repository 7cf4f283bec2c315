package org.rtda.core.network;

/**
 * Two 3 x 3 convolutions of the stage's width (He et al., CVPR 2016, figure 5, left).
 *
 * @param shortcutName what the projection on the shortcut is called
 */
record BasicBlock(String shortcutName) implements ResidualBlock {

    @Override
    public String addTo(LayerChain layers, String prefix, String input, int in, int width, int stride) {
        String first = layers.relu(
                prefix + "relu1",
                layers.normalizedConvolution(prefix + "conv1", prefix + "bn1", input, in, width, 3, stride));
        String second = layers.normalizedConvolution(prefix + "conv2", prefix + "bn2", first, width, width, 3, 1);
        String shortcut = layers.shortcut(prefix + shortcutName, input, in, width, stride);
        return layers.relu(prefix + "relu2", layers.add(new Layer.Add(prefix + "add", second, shortcut)));
    }

    @Override
    public int outputChannels(int width) {
        return width;
    }
}
