package org.rtda.imaging.picture;

import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Samples;

/** Filtered rows of a PNG file to samples, H x W x C with alpha. */
final class PngPixels {
    /** First column and row and their steps of Adam7's passes. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

    private final PngHeader header;
    private final PngReader.PixelStream stream;
    private final char[] samples;

    PngPixels(PngHeader header, PngReader.PixelStream stream) {
        this.header = header;
        this.stream = stream;
        this.samples = new char[Samples.count(header.width(), header.height(), header.channels())];
    }

    char[] samples() {
        try {
            for (int[] pass : header.interlaced() ? ADAM7 : ONE_PASS) {
                readPass(pass[0], pass[1], pass[2], pass[3]);
            }
            stream.finish();
            return samples;
        } finally {
            stream.close();
        }
    }

    private void readPass(int left, int top, int columnStep, int rowStep) {
        int columns = (header.width() - left + columnStep - 1) / columnStep;
        if (columns <= 0) {
            return;
        }
        int channels = header.channels();
        int rowBytes = Math.toIntExact(((long) columns * header.bitsOfPixel() + 7) / 8);
        int pixelBytes = Math.max(1, header.bitsOfPixel() / 8);
        byte[] filtered = new byte[rowBytes + 1];
        byte[] above = new byte[rowBytes];
        byte[] row = new byte[rowBytes];
        char[] line = new char[columns * channels];
        for (int y = top; y < header.height(); y += rowStep) {
            stream.read(filtered);
            unfilter(filtered, above, row, pixelBytes);
            Samples.unpack(row, 0, header.bits(), line, 0, line.length);
            for (int i = 0; i < columns; i++) {
                int x = left + i * columnStep;
                System.arraycopy(line, i * channels, samples, (y * header.width() + x) * channels, channels);
            }
            byte[] free = above;
            above = row;
            row = free;
        }
    }

    private static void unfilter(byte[] filtered, byte[] above, byte[] row, int pixelBytes) {
        int filter = filtered[0];
        for (int i = 0; i < row.length; i++) {
            int left = i < pixelBytes ? 0 : row[i - pixelBytes] & 0xff;
            int up = above[i] & 0xff;
            int upLeft = i < pixelBytes ? 0 : above[i - pixelBytes] & 0xff;
            int predicted =
                    switch (filter) {
                        case 0 -> 0;
                        case 1 -> left;
                        case 2 -> up;
                        case 3 -> (left + up) / 2;
                        case 4 -> paeth(left, up, upLeft);
                        default ->
                            throw UnreadableImageException.damaged(
                                    "a row of pixels has filter " + (filter & 0xff) + ", PNG defines 0 to 4");
                    };
            row[i] = (byte) (filtered[i + 1] + predicted);
        }
    }

    private static int paeth(int left, int up, int upLeft) {
        int estimate = left + up - upLeft;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toUpLeft = Math.abs(estimate - upLeft);
        if (toLeft <= toUp && toLeft <= toUpLeft) {
            return left;
        }
        return toUp <= toUpLeft ? up : upLeft;
    }
}
