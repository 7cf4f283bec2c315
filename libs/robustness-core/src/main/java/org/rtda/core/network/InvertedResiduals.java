package org.rtda.core.network;

/** A chain that grows by convolutions with TensorFlow's padding, and by the blocks that are made of them. */
final class InvertedResiduals {
    private static final double EPSILON = 1e-3;

    private final LayerChain layers;
    private String last;
    private Sides sides;

    /**
     * @param last the name of the value to go on from
     * @param sides its shape
     */
    InvertedResiduals(LayerChain layers, String last, Sides sides) {
        this.layers = layers;
        this.last = last;
        this.sides = sides;
    }

    /** A block whose sum with its input ends it where both have one shape. */
    void block(String prefix, int kernel, int stride, int expansion, int width) {
        String input = last;
        Sides before = sides;
        int inner = before.channels() * expansion;
        if (expansion != 1) {
            activated(prefix + "_expand_conv", prefix + "_bn0", prefix + "_relu0", inner, 1, 1, 1);
        }
        activated(prefix + "_depthwise_conv", prefix + "_bn1", prefix + "_relu1", inner, kernel, stride, inner);
        normalized(prefix + "_project_conv", prefix + "_bn2", width, 1, 1, 1);
        if (sides.equals(before)) {
            last = layers.add(new Layer.Add(prefix + "_add", last, input));
        }
    }

    /** A convolution without bias, its batch normalisation and ReLU6; gives the name of the output. */
    String activated(
            String name, String normalization, String activation, int out, int kernel, int stride, int groups) {
        normalized(name, normalization, out, kernel, stride, groups);
        last = layers.add(new Layer.Relu6(activation, last));
        return last;
    }

    private void normalized(String name, String normalization, int out, int kernel, int stride, int groups) {
        Padding padding = Padding.same(sides.height(), sides.width(), kernel, stride);
        layers.add(new Layer.Convolution(name, last, sides.channels(), out, kernel, stride, padding, false, groups));
        last = layers.add(new Layer.BatchNormalization(normalization, name, out, EPSILON));
        sides = new Sides(out, (sides.height() + stride - 1) / stride, (sides.width() + stride - 1) / stride);
    }
}
