package org.rtda.store.npz;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.rtda.core.ByteImage;
import org.rtda.store.LabelledImages;
import org.rtda.store.SplitImages;

/** Writes data sets as NumPy {@code .npz} files in the layout of MedMNIST, which {@link NpzDataset} reads. */
public final class NpzWriter {
    /** The same images make the same file, whenever it is written. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int ALIGNMENT = 64;
    private static final int PREAMBLE = 10;

    private NpzWriter() {}

    /**
     * @param file appears whole or not at all; one that is there is replaced
     * @param splits by key ({@code train}, {@code val}, {@code test}); written in the map's order as uint8 arrays {@code
     *     KEY_images}, N x H x W (grey) or N x H x W x 3, and {@code KEY_labels}, N x 1; each split holds at least one
     *     image, all of one shape, labels 0 to 255
     */
    public static void write(Path file, Map<String, LabelledImages> splits) throws IOException {
        splits.forEach(NpzWriter::check);
        Path target = file.toAbsolutePath();
        Path part =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        try {
            try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(part));
                    ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (Map.Entry<String, LabelledImages> split : splits.entrySet()) {
                    writeImages(
                            zip, split.getKey() + "_images", split.getValue().images());
                    writeLabels(
                            zip, split.getKey() + "_labels", split.getValue().labels());
                }
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * As {@link #write(Path, Map)}, of images that need not be in memory all at once.
     *
     * @param splits each at least one image, sides as {@link NpzDataset} reads them
     */
    public static void writeSplits(Path file, Map<String, SplitImages> splits) throws IOException {
        Path target = file.toAbsolutePath();
        Path part =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        try {
            try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(part));
                    ZipOutputStream zip = new ZipOutputStream(bytes)) {
                // what decodes fast compresses little: the time is better spent on the next image
                zip.setLevel(Deflater.BEST_SPEED);
                for (Map.Entry<String, SplitImages> split : splits.entrySet()) {
                    SplitImages images = split.getValue();
                    beginImages(
                            zip,
                            split.getKey() + "_images",
                            images.count(),
                            images.channels(),
                            images.height(),
                            images.width());
                    try (SplitImages.Reader reader = images.images()) {
                        for (int i = 0; i < images.count(); i++) {
                            zip.write(interleaved(reader.next(), images.channels()));
                        }
                    }
                    zip.closeEntry();
                    writeLabels(zip, split.getKey() + "_labels", images.labels());
                }
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void check(String key, LabelledImages split) {
        if (split.images().isEmpty()) {
            throw new IllegalArgumentException("split " + key + " must hold at least one image");
        }
        ByteImage first = split.images().get(0);
        for (ByteImage image : split.images()) {
            if (image.channels() != first.channels()
                    || image.height() != first.height()
                    || image.width() != first.width()) {
                throw new IllegalArgumentException(
                        "images of split " + key + " must have one shape, found " + first + " and " + image);
            }
        }
        for (int label : split.labels()) {
            if (label < 0 || label > 255) {
                throw new IllegalArgumentException("labels of split " + key + " must be in [0, 255], was " + label);
            }
        }
    }

    private static void writeImages(ZipOutputStream zip, String key, List<ByteImage> images) throws IOException {
        ByteImage first = images.get(0);
        beginImages(zip, key, images.size(), first.channels(), first.height(), first.width());
        for (ByteImage image : images) {
            zip.write(interleaved(image.data(), image.channels()));
        }
        zip.closeEntry();
    }

    private static void beginImages(ZipOutputStream zip, String key, int count, int channels, int height, int width)
            throws IOException {
        String shape = count + ", " + height + ", " + width;
        begin(zip, key, channels == 1 ? shape : shape + ", " + channels);
    }

    /** H x W x C of C x H x W. */
    private static byte[] interleaved(byte[] planes, int channels) {
        if (channels == 1) {
            return planes;
        }
        int area = planes.length / channels;
        byte[] pixels = new byte[planes.length];
        for (int i = 0; i < area; i++) {
            for (int c = 0; c < channels; c++) {
                pixels[i * channels + c] = planes[c * area + i];
            }
        }
        return pixels;
    }

    private static void writeLabels(ZipOutputStream zip, String key, int[] labels) throws IOException {
        begin(zip, key, labels.length + ", 1");
        for (int label : labels) {
            zip.write(label);
        }
        zip.closeEntry();
    }

    private static void begin(ZipOutputStream zip, String key, String shape) throws IOException {
        ZipEntry entry = new ZipEntry(key + ".npy");
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }";
        int padding = ALIGNMENT - (PREAMBLE + header.length() + 1) % ALIGNMENT;
        String padded = header + " ".repeat(padding % ALIGNMENT) + "\n";
        zip.write(new byte[] {
            (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) padded.length(), (byte) (padded.length() >> 8)
        });
        zip.write(padded.getBytes(StandardCharsets.US_ASCII));
    }
}
