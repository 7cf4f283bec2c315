package org.rtda.core.network;

/** A 3 x 3 convolution that keeps the sides (He et al., CVPR 2016, section 4.2). */
record SmallImageStem(int width) implements Stem {

    @Override
    public String addTo(LayerChain layers, String input, int channels, int height, int imageWidth) {
        return layers.relu("relu1", layers.normalizedConvolution("conv1", "bn1", input, channels, width, 3, 1));
    }
}
