package org.rtda.core.network;

import java.util.List;

/**
 * The networks by name.
 *
 * <p>{@code resnet8} and {@code resnet20} are the networks for small images of He et al., Deep Residual Learning for Image
 * Recognition, CVPR 2016, section 4.2: three stages of n blocks with 16, 32 and 64 channels, 6n + 2 weighted layers. Where
 * a block changes the shape, its shortcut is a 1 x 1 convolution with batch normalisation (the paper's option B; its CIFAR
 * experiments used the parameter-free option A).
 *
 * <p>{@code resnet18} and {@code resnet50} are those of section 4.1, {@code wide-resnet-50-2} that of Zagoruyko and
 * Komodakis, Wide Residual Networks, BMVC 2016, in the bottleneck form with inner widths doubled. Names and shapes of their
 * parameters are those of torchvision's {@code resnet18}, {@code resnet50} and {@code wide_resnet50_2}, but for the stem of
 * small images ({@link StemBySide}), for the channels of {@code conv1} and for the classes of {@code fc}. torchvision's
 * {@code num_batches_tracked} are counters that nothing here reads; they have no parameter.
 *
 * <p>{@code efficientnet-lite0}, of inverted residual blocks, is {@link EfficientNetLite0}.
 */
final class ResidualNetworks {
    private static final ImageSizes SIZES = new ImageSizes(8);
    private static final ImageSizes SIZES_OF_FOUR_STAGES = new ImageSizes(28);

    private static final ResidualBlock CIFAR_BLOCK = new BasicBlock("shortcut");
    private static final ResidualBlock BASIC_BLOCK = new BasicBlock("downsample");
    private static final Stem STEM = new StemBySide(64);

    private static final List<KnownNetwork> ALL = List.of(
            new ResidualNetwork("resnet8", new SmallImageStem(16), CIFAR_BLOCK, List.of(1, 1, 1), SIZES),
            new ResidualNetwork("resnet20", new SmallImageStem(16), CIFAR_BLOCK, List.of(3, 3, 3), SIZES),
            new ResidualNetwork("resnet18", STEM, BASIC_BLOCK, List.of(2, 2, 2, 2), SIZES_OF_FOUR_STAGES),
            new ResidualNetwork("resnet50", STEM, new BottleneckBlock(1), List.of(3, 4, 6, 3), SIZES_OF_FOUR_STAGES),
            new ResidualNetwork(
                    "wide-resnet-50-2", STEM, new BottleneckBlock(2), List.of(3, 4, 6, 3), SIZES_OF_FOUR_STAGES),
            new EfficientNetLite0());

    private ResidualNetworks() {}

    static List<String> names() {
        return ALL.stream().map(KnownNetwork::name).toList();
    }

    static List<String> namesFor(int channels, int height, int width) {
        return ALL.stream()
                .filter(network -> network.takes(channels, height, width))
                .map(KnownNetwork::name)
                .toList();
    }

    static NetworkArchitecture named(String name, int channels, int height, int width, int classes) {
        KnownNetwork network = ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("network must be one of " + names() + ", was " + name));
        if (!network.takes(channels, height, width)) {
            throw new IllegalArgumentException("network " + name + " takes images of " + network.imagesInWords()
                    + ", these are " + channels + " x " + height + " x " + width + "; the networks that take them: "
                    + namesFor(channels, height, width));
        }
        return network.of(channels, height, width, classes);
    }
}
