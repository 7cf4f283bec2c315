package org.rtda.core.network;

/** Zeros around an image, in pixels, each at least 0. */
public record Padding(int top, int left, int bottom, int right) {
    public Padding {
        if (top < 0 || left < 0 || bottom < 0 || right < 0) {
            throw new IllegalArgumentException("padding must be at least 0 on each side, was top " + top + ", left "
                    + left + ", bottom " + bottom + ", right " + right);
        }
    }

    /** The same on each side. */
    public static Padding all(int pixels) {
        return new Padding(pixels, pixels, pixels, pixels);
    }

    /**
     * What makes an output side {@code ceil(side / stride)}, TensorFlow's "SAME": where the zeros are odd in number, the one
     * more is below or on the right.
     */
    static Padding same(int height, int width, int kernel, int stride) {
        int vertical = zeros(height, kernel, stride);
        int horizontal = zeros(width, kernel, stride);
        return new Padding(vertical / 2, horizontal / 2, vertical - vertical / 2, horizontal - horizontal / 2);
    }

    private static int zeros(int side, int kernel, int stride) {
        int outputs = (side + stride - 1) / stride;
        return Math.max((outputs - 1) * stride + kernel - side, 0);
    }

    /** Whether opposite sides have as much. */
    public boolean isSymmetric() {
        return top == bottom && left == right;
    }

    /** Above and below together. */
    int vertical() {
        return top + bottom;
    }

    /** Left and right together. */
    int horizontal() {
        return left + right;
    }
}
