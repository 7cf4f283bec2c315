package org.rtda.core.network;

/** A 7 x 7 convolution and 3 x 3 max pooling, each of stride 2 (He et al., CVPR 2016, table 1): a quarter of each side. */
record LargeImageStem(int width) implements Stem {

    @Override
    public String addTo(LayerChain layers, String input, int channels, int height, int imageWidth) {
        String convolved =
                layers.relu("relu1", layers.normalizedConvolution("conv1", "bn1", input, channels, width, 7, 2));
        return layers.add(new Layer.MaxPool("maxpool", convolved, 3, 2, 1));
    }
}
