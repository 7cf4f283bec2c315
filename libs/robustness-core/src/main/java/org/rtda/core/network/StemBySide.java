package org.rtda.core.network;

/**
 * {@link SmallImageStem} for images whose shorter side is below {@value #LARGE_FROM} pixels, {@link LargeImageStem} from
 * there on.
 *
 * <p>A 28-pixel image has no detail to spare: the large stem would leave 7 x 7 of it to the first stage and a single pixel
 * to the last, whose 3 x 3 convolutions would see padding. From 96 pixels on the large stem leaves the last stage 3 x 3 or
 * more. There the small stem would no longer be affordable: its first stage works at full resolution, on 16 times the
 * activations and multiplications. In wide-resnet-50-2 on 224 x 224 one activation of that stage would be 51 MB an image,
 * and a backward pass keeps more than twenty of them; behind the large stem it is 3.2 MB.
 *
 * <p>The choice depends on the images' shape alone, so weights and exported models of one network name and one shape always
 * have the same stem; weights of the other stem are refused by the shape of {@code conv1.weight}.
 */
record StemBySide(int width) implements Stem {
    static final int LARGE_FROM = 96;

    @Override
    public String addTo(LayerChain layers, String input, int channels, int height, int imageWidth) {
        Stem stem = Math.min(height, imageWidth) < LARGE_FROM ? new SmallImageStem(width) : new LargeImageStem(width);
        return stem.addTo(layers, input, channels, height, imageWidth);
    }
}
