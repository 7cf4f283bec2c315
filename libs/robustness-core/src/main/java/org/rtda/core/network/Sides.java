package org.rtda.core.network;

/** The shape of one image's values between two layers: C x H x W; a vector of n values is n x 1 x 1. */
record Sides(int channels, int height, int width) {
    long values() {
        return (long) channels * height * width;
    }

    @Override
    public String toString() {
        return channels + " x " + height + " x " + width;
    }
}
