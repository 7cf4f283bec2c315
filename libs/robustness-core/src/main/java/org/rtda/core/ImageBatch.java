package org.rtda.core;

import java.util.Arrays;
import java.util.List;

/**
 * A batch of images in pixel space, the one form in which views, attacks and models exchange images.
 *
 * @param count N, at least 1
 * @param channels C
 * @param height H
 * @param width W
 * @param pixels N x C x H x W, row-major float32 in [0,1]; the range is not checked here, and the array is not copied
 */
public record ImageBatch(int count, int channels, int height, int width, float[] pixels) {

    public ImageBatch {
        if (count < 1 || channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("every side of a batch must be at least 1, was " + count + " x "
                    + channels + " x " + height + " x " + width);
        }
        long wanted = (long) count * channels * height * width;
        if (pixels.length != wanted) {
            throw new IllegalArgumentException("pixels must hold " + count + " x " + channels + " x " + height + " x "
                    + width + " = " + wanted + " values, held " + pixels.length);
        }
    }

    /** 8-bit images of one shape as a batch, each value divided by 255. */
    public static ImageBatch of(List<ByteImage> images) {
        ByteImage first = images.get(0);
        int size = first.data().length;
        float[] pixels = new float[images.size() * size];
        for (int n = 0; n < images.size(); n++) {
            ByteImage image = images.get(n);
            if (image.channels() != first.channels()
                    || image.height() != first.height()
                    || image.width() != first.width()) {
                throw new IllegalArgumentException(
                        "images of a batch must have one shape, image 0 was " + first + ", image " + n + " " + image);
            }
            for (int i = 0; i < size; i++) {
                pixels[n * size + i] = (image.data()[i] & 0xff) / 255f;
            }
        }
        return new ImageBatch(images.size(), first.channels(), first.height(), first.width(), pixels);
    }

    /** Batches of one image shape joined in their order along N; a single one is itself. */
    public static ImageBatch concat(List<ImageBatch> parts) {
        ImageBatch first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        int count = parts.stream().mapToInt(ImageBatch::count).sum();
        float[] pixels = new float[count * first.imageSize()];
        int at = 0;
        for (ImageBatch part : parts) {
            if (part.channels != first.channels || part.height != first.height || part.width != first.width) {
                throw new IllegalArgumentException("batches to join must hold images of one shape, found "
                        + Arrays.toString(first.shape()) + " and " + Arrays.toString(part.shape()));
            }
            System.arraycopy(part.pixels, 0, pixels, at, part.pixels.length);
            at += part.pixels.length;
        }
        return new ImageBatch(count, first.channels, first.height, first.width, pixels);
    }

    /** Images {@code from} (inclusive) to {@code to} (exclusive) as a copy. */
    public ImageBatch slice(int from, int to) {
        return new ImageBatch(
                to - from, channels, height, width, Arrays.copyOfRange(pixels, from * imageSize(), to * imageSize()));
    }

    /** C x H x W: the number of values of one image. */
    public int imageSize() {
        return channels * height * width;
    }

    /** {N, C, H, W}. */
    public long[] shape() {
        return new long[] {count, channels, height, width};
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageBatch that
                && Arrays.equals(shape(), that.shape())
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape()) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "ImageBatch[" + count + " x " + channels + " x " + height + " x " + width + "]";
    }
}
