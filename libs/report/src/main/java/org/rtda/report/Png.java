package org.rtda.report;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Small images as PNG files (ISO/IEC 15948), 8 bits a sample, grey or RGB, without the desktop classes that servers lack. */
public final class Png {
    static final String DATA_URI = "data:image/png;base64,";

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int GREY = 0;
    private static final int RGB = 2;

    private Png() {}

    /**
     * Rounded to 8 bits, for people to look at. Three channels are drawn as RGB, one as grey, of any other number their mean.
     *
     * @param values channels x height x width, in [0,1]; others are cut off
     */
    public static String dataUri(float[] values, int channels, int height, int width) {
        return DATA_URI + Base64.getEncoder().encodeToString(encode(values, channels, height, width));
    }

    /** The file's bytes; drawn as by {@link #dataUri}. */
    public static byte[] encode(float[] values, int channels, int height, int width) {
        if (channels < 1 || values.length != channels * height * width) {
            throw new IllegalArgumentException("values must be " + channels + " x " + height + " x " + width + ", were "
                    + values.length + " numbers");
        }
        int samples = channels == 3 ? 3 : 1;
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(SIGNATURE);
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(header);
            fields.writeInt(width);
            fields.writeInt(height);
            // bit depth, colour type, deflate, adaptive filters, not interlaced
            fields.write(new byte[] {8, (byte) (samples == 3 ? RGB : GREY), 0, 0, 0});
            chunk(out, "IHDR", header.toByteArray());
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
                for (int y = 0; y < height; y++) {
                    deflater.write(0); // this row is not filtered
                    for (int x = 0; x < width; x++) {
                        for (int s = 0; s < samples; s++) {
                            deflater.write(sample(values, channels, height * width, y * width + x, s));
                        }
                    }
                }
            }
            chunk(out, "IDAT", packed.toByteArray());
            chunk(out, "IEND", new byte[0]);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    private static int sample(float[] values, int channels, int plane, int at, int sample) {
        double value = 0;
        if (channels == 3) {
            value = values[sample * plane + at];
        } else {
            for (int c = 0; c < channels; c++) {
                value += values[c * plane + at] / channels;
            }
        }
        return (int) Math.round(255 * Math.max(0, Math.min(1, value)));
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(content);
        data.writeInt(content.length);
        data.write(name);
        data.write(content);
        data.writeInt((int) checksum.getValue());
    }
}
