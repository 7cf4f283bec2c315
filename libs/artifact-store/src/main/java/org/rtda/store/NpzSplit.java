package org.rtda.store;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One split of an {@code .npz} file, found to be sound: {@code KEY_images} of dtype uint8 and {@code KEY_labels}.
 *
 * @param labels one an image, 0 to 255
 */
record NpzSplit(NpzFile file, String key, int channels, int height, int width, int[] labels) {
    private static final int SMALLEST_SIDE = 8;
    private static final int LARGEST_SIDE = 1024;
    private static final int MOST_IMAGES = 10_000_000;
    private static final int LARGEST_LABEL = 255;

    /** Reads the labels, and every image once to see that all are there. */
    static NpzSplit of(NpzFile file, String key) {
        String images = key + "_images";
        String labels = key + "_labels";
        NpyHeader head = file.header(images);
        if (!head.dtype().equals("|u1")) {
            throw file.invalid(
                    images,
                    "must be of dtype |u1 (uint8), was " + head.dtype()
                            + "; scale its values to 0 to 255 and save them as uint8");
        }
        long[] shape = head.shape();
        boolean grey = shape.length == 3 || (shape.length == 4 && shape[3] == 1);
        boolean colour = shape.length == 4 && shape[3] == 3;
        if (!grey && !colour) {
            throw file.invalid(
                    images, "must be of shape N x H x W, N x H x W x 1 or N x H x W x 3, was " + head.shapeText());
        }
        if (shape[0] < 1 || shape[0] > MOST_IMAGES) {
            throw file.invalid(images, "must hold 1 to " + MOST_IMAGES + " images, holds " + shape[0]);
        }
        for (int side = 1; side <= 2; side++) {
            if (shape[side] < SMALLEST_SIDE || shape[side] > LARGEST_SIDE) {
                throw file.invalid(
                        images,
                        "must have sides of " + SMALLEST_SIDE + " to " + LARGEST_SIDE + " pixels, was "
                                + head.shapeText());
            }
        }
        file.checkSize(images, head, 1);
        int[] classes = labels(file, labels, (int) shape[0]);
        file.verify(images);
        return new NpzSplit(file, key, colour ? 3 : 1, (int) shape[1], (int) shape[2], classes);
    }

    private static int[] labels(NpzFile file, String key, int images) {
        NpyHeader head = file.header(key);
        String dtype = head.dtype();
        Optional<WholeNumbers> numbers = WholeNumbers.of(dtype);
        if (numbers.isEmpty()) {
            throw file.invalid(
                    key, "must be of a whole-number dtype (integers of 1, 2, 4 or 8 bytes, or bool), was " + dtype);
        }
        int bytesPerLabel = numbers.get().bytes();
        long[] shape = head.shape();
        if (shape.length != 1 && !(shape.length == 2 && shape[1] == 1)) {
            throw file.invalid(key, "must be of shape N or N x 1, was " + head.shapeText());
        }
        if (shape[0] != images) {
            throw file.invalid(key, "must hold one label an image: " + images + " images, " + shape[0] + " labels");
        }
        file.checkSize(key, head, bytesPerLabel);
        file.verify(key);
        ByteBuffer values;
        try (NpzFile.ValueStream stream = file.values(key)) {
            values = ByteBuffer.wrap(stream.next(images * bytesPerLabel));
        }
        int[] labels = new int[images];
        for (int i = 0; i < images; i++) {
            long label = numbers.get().next(values);
            if (label < 0 || label > LARGEST_LABEL) {
                throw file.invalid(
                        key,
                        "must be in [0, " + LARGEST_LABEL + "], label " + i + " was "
                                + numbers.get().text(label));
            }
            labels[i] = (int) label;
        }
        return labels;
    }

    int count() {
        return labels.length;
    }

    int imageBytes() {
        return channels * height * width;
    }

    String shapeText() {
        return channels + " x " + height + " x " + width;
    }

    NpzFile.ValueStream images() {
        return file.values(key + "_images");
    }

    /** The next image as C x H x W; the file holds H x W x C. */
    byte[] next(NpzFile.ValueStream images) {
        byte[] stored = images.next(imageBytes());
        if (channels == 1) {
            return stored;
        }
        byte[] planes = new byte[stored.length];
        int area = height * width;
        for (int i = 0; i < area; i++) {
            for (int c = 0; c < channels; c++) {
                planes[c * area + i] = stored[i * channels + c];
            }
        }
        return planes;
    }
}
