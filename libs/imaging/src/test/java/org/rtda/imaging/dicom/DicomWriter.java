package org.rtda.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes small data sets for tests, in any encoding, sound or not. */
final class DicomWriter {
    private static final List<String> LONG = List.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "UC", "UN", "UR", "UT");
    private static final int UNDEFINED = -1;

    private final boolean explicit;
    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    DicomWriter(Encoding encoding) {
        this.explicit = encoding.explicit();
        this.order = encoding.littleEndian() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** An empty one of the same encoding, for an item. */
    DicomWriter like() {
        return new DicomWriter(new Encoding(explicit, order == ByteOrder.LITTLE_ENDIAN));
    }

    DicomWriter element(int tag, String representation, byte[] value) {
        return header(tag, representation, value.length).raw(value);
    }

    DicomWriter text(int tag, String representation, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        byte[] even = Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
        if (even.length > bytes.length) {
            even[bytes.length] = (byte) (representation.equals("UI") ? 0 : ' ');
        }
        return element(tag, representation, even);
    }

    DicomWriter shorts(int tag, String representation, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(order);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return element(tag, representation, bytes.array());
    }

    /** A sequence whose length and whose items' lengths are written, or ended by delimiters. */
    DicomWriter sequence(int tag, boolean lengths, DicomWriter... items) {
        DicomWriter body = like();
        for (DicomWriter item : items) {
            body.tag(0xfffe_e000).number(lengths ? item.out.size() : UNDEFINED).raw(item.bytes());
            if (!lengths) {
                body.tag(0xfffe_e00d).number(0);
            }
        }
        if (!lengths) {
            body.tag(0xfffe_e0dd).number(0);
        }
        return header(tag, "SQ", lengths ? body.out.size() : UNDEFINED).raw(body.bytes());
    }

    /** Encapsulated pixels with an empty offset table. */
    DicomWriter fragments(byte[]... fragments) {
        header(0x7fe0_0010, "OB", UNDEFINED).tag(0xfffe_e000).number(0);
        for (byte[] fragment : fragments) {
            tag(0xfffe_e000).number(fragment.length).raw(fragment);
        }
        return tag(0xfffe_e0dd).number(0);
    }

    DicomWriter header(int tag, String representation, int length) {
        tag(tag);
        if (!explicit) {
            return number(length);
        }
        raw(representation.getBytes(StandardCharsets.US_ASCII));
        return LONG.contains(representation)
                ? raw(new byte[2]).number(length)
                : raw(ByteBuffer.allocate(2)
                        .order(order)
                        .putShort((short) length)
                        .array());
    }

    DicomWriter tag(int tag) {
        return raw(ByteBuffer.allocate(4)
                .order(order)
                .putShort((short) (tag >>> 16))
                .putShort((short) tag)
                .array());
    }

    DicomWriter number(int value) {
        return raw(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }

    DicomWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** The data set behind preamble, prefix and meta information. */
    byte[] file(String transferSyntax) {
        DicomWriter meta = new DicomWriter(Encoding.EXPLICIT_LITTLE_ENDIAN).text(0x0002_0010, "UI", transferSyntax);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[128]);
        file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(meta.bytes());
        file.writeBytes(bytes());
        return file.toByteArray();
    }

    /** The image pixel module of an image of one sample a pixel, without the pixels. */
    DicomWriter grey(String photometric, int columns, int rows, int bitsStored, boolean signed) {
        int allocated = bitsStored <= 8 ? 8 : 16;
        return shorts(0x0028_0002, "US", 1)
                .text(0x0028_0004, "CS", photometric)
                .shorts(0x0028_0010, "US", rows)
                .shorts(0x0028_0011, "US", columns)
                .shorts(0x0028_0100, "US", allocated)
                .shorts(0x0028_0101, "US", bitsStored)
                .shorts(0x0028_0102, "US", bitsStored - 1)
                .shorts(0x0028_0103, "US", signed ? 1 : 0);
    }

    DicomWriter pixels(int... values) {
        return shorts(0x7fe0_0010, "OW", values);
    }
}
