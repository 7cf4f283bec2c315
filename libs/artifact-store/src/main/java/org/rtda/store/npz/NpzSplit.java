package org.rtda.store.npz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.store.InvalidDatasetException;
import org.rtda.store.SplitImages;

/**
 * One split of an {@code .npz} file, found to be sound: {@code KEY_images} of dtype uint8, or float in [0,1] that are scaled, and
 * {@code KEY_labels}.
 *
 * @param sha256 of the file
 * @param labels one an image, 0 to 255
 */
record NpzSplit(NpzFile npz, String key, String sha256, Pixels pixels, Shape shape, int[] labels)
        implements SplitImages {
    private static final int SMALLEST_SIDE = 8;
    private static final int LARGEST_SIDE = 1024;
    private static final int MOST_IMAGES = 10_000_000;
    private static final int LARGEST_LABEL = 255;

    private record Shape(int channels, int height, int width) {}

    /** Reads the labels, and every image once to see that all are there. */
    static NpzSplit of(NpzFile file, String key, String sha256, boolean scale) {
        String images = key + "_images";
        String labels = key + "_labels";
        NpyHeader head = file.header(images);
        Pixels pixels = Pixels.of(head.dtype(), scale).orElseThrow(() -> file.invalid(images, wrongDtype(head, scale)));
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
        file.checkSize(images, head, pixels.bytes());
        int[] classes = labels(file, labels, (int) shape[0]);
        file.verify(images);
        NpzSplit split = new NpzSplit(
                file, key, sha256, pixels, new Shape(colour ? 3 : 1, (int) shape[1], (int) shape[2]), classes);
        if (pixels.isScaled()) {
            split.checkRange();
        }
        return split;
    }

    private static String wrongDtype(NpyHeader head, boolean scale) {
        boolean couldBeScaled = Pixels.of(head.dtype(), true).isPresent();
        return "must be of dtype |u1 (uint8)" + (scale ? " or float" : "") + ", was " + head.dtype()
                + (couldBeScaled
                        ? "; where its values lie in [0,1], --scale (the field scale) makes them 0 to 255"
                        : "; scale its values to 0 to 255 and save them as uint8");
    }

    /** What is outside [0,1], or no number, is found before anything is imported. */
    private void checkRange() {
        try (Reader all = images()) {
            for (int i = 0; i < count(); i++) {
                all.next();
            }
        }
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
        if (shape.length == 2 && shape[1] > 1) {
            throw file.invalid(
                    key,
                    "is multi-label: it holds " + shape[1] + " values an image; only sets of one label an image are"
                            + " trained on. Where each row has a single 1 (one-hot), save numpy.argmax(labels, axis=1)");
        }
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

    @Override
    public String file() {
        return npz.name();
    }

    @Override
    public int channels() {
        return shape.channels();
    }

    @Override
    public int height() {
        return shape.height();
    }

    @Override
    public int width() {
        return shape.width();
    }

    @Override
    public Reader images() {
        NpzFile.ValueStream values = npz.values(key + "_images");
        return new Reader() {
            private int index = -1;

            @Override
            public byte[] next() {
                index++;
                byte[] stored = values.next(imageBytes() * pixels.bytes());
                return planes(pixels.toBytes(
                        stored,
                        value -> npz.invalid(
                                key + "_images",
                                "must be in [0,1] where it is to be scaled, image " + index + " holds " + value)));
            }

            @Override
            public void close() {
                values.close();
            }
        };
    }

    /** As C x H x W; the file holds H x W x C. */
    private byte[] planes(byte[] stored) {
        if (channels() == 1) {
            return stored;
        }
        byte[] planes = new byte[stored.length];
        int area = height() * width();
        for (int i = 0; i < area; i++) {
            for (int c = 0; c < channels(); c++) {
                planes[c * area + i] = stored[i * channels() + c];
            }
        }
        return planes;
    }

    /**
     * How an array holds grey levels.
     *
     * @param bytes of each value
     */
    private record Pixels(int bytes, ByteOrder order) {
        private static final Pattern FLOAT = Pattern.compile("([<>])f([48])");

        /** Empty for any other kind of value, and for floats that nobody wants scaled. */
        static Optional<Pixels> of(String dtype, boolean scale) {
            if (dtype.equals("|u1")) {
                return Optional.of(new Pixels(1, ByteOrder.LITTLE_ENDIAN));
            }
            Matcher parts = FLOAT.matcher(dtype);
            return scale && parts.matches()
                    ? Optional.of(new Pixels(
                            Integer.parseInt(parts.group(2)),
                            parts.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN))
                    : Optional.empty();
        }

        boolean isScaled() {
            return bytes > 1;
        }

        /** @param invalid makes the exception for a value outside [0,1] */
        byte[] toBytes(byte[] stored, DoubleFunction<InvalidDatasetException> invalid) {
            if (!isScaled()) {
                return stored;
            }
            ByteBuffer values = ByteBuffer.wrap(stored).order(order);
            byte[] levels = new byte[stored.length / bytes];
            for (int i = 0; i < levels.length; i++) {
                double value = bytes == 4 ? values.getFloat() : values.getDouble();
                if (!(value >= 0 && value <= 1)) {
                    throw invalid.apply(value);
                }
                levels[i] = (byte) Math.round(255 * value);
            }
            return levels;
        }
    }
}
