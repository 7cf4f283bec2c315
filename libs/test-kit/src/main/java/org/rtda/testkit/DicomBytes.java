package org.rtda.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Small DICOM files (Part 10, explicit VR little endian, 16 bits, MONOCHROME2) of invented patients. */
public final class DicomBytes {
    private final ByteArrayOutputStream elements = new ByteArrayOutputStream();

    private DicomBytes() {}

    /** @param pixels 0 to 4095, row by row */
    public static byte[] of(String patientName, String patientId, String view, int side, short[] pixels) {
        DicomBytes body = new DicomBytes()
                .text(0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.7")
                .text(0x0008, 0x0018, "UI", "1.2.3.4." + patientId.hashCode() + "." + pixels[0])
                .text(0x0008, 0x0060, "CS", "MG")
                .text(0x0008, 0x0070, "LO", "ACME")
                .text(0x0008, 0x0080, "LO", "Saint Nowhere Hospital")
                .text(0x0008, 0x1090, "LO", "Scan 3")
                .text(0x0010, 0x0010, "PN", patientName)
                .text(0x0010, 0x0020, "LO", patientId)
                .text(0x0010, 0x0030, "DA", "19600229")
                .text(0x0018, 0x5101, "CS", view)
                .text(0x0020, 0x0062, "CS", "L")
                .number(0x0028, 0x0002, 1)
                .text(0x0028, 0x0004, "CS", "MONOCHROME2")
                .number(0x0028, 0x0010, side)
                .number(0x0028, 0x0011, side)
                .number(0x0028, 0x0100, 16)
                .number(0x0028, 0x0101, 12)
                .number(0x0028, 0x0102, 11)
                .number(0x0028, 0x0103, 0);
        ByteBuffer samples = ByteBuffer.allocate(2 * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
        for (short pixel : pixels) {
            samples.putShort(pixel);
        }
        body.element(0x7fe0, 0x0010, "OW", samples.array());
        DicomBytes meta = new DicomBytes().text(0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1");
        byte[] inner = meta.elements.toByteArray();
        DicomBytes file = new DicomBytes();
        file.elements.writeBytes(new byte[128]);
        file.elements.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        file.element(
                0x0002,
                0x0000,
                "UL",
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(inner.length)
                        .array());
        file.elements.writeBytes(inner);
        file.elements.writeBytes(body.elements.toByteArray());
        return file.elements.toByteArray();
    }

    private DicomBytes text(int group, int element, String vr, String value) {
        byte[] text = value.getBytes(StandardCharsets.US_ASCII);
        byte[] even = java.util.Arrays.copyOf(text, text.length + text.length % 2);
        if (even.length > text.length && !vr.equals("UI")) {
            even[text.length] = ' ';
        }
        return element(group, element, vr, even);
    }

    private DicomBytes number(int group, int element, int value) {
        return element(group, element, "US", new byte[] {(byte) value, (byte) (value >> 8)});
    }

    private DicomBytes element(int group, int element, String vr, byte[] value) {
        boolean isLong = vr.equals("OW");
        ByteBuffer head = ByteBuffer.allocate(isLong ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) group).putShort((short) element).put(vr.getBytes(StandardCharsets.US_ASCII));
        if (isLong) {
            head.putShort((short) 0).putInt(value.length);
        } else {
            head.putShort((short) value.length);
        }
        elements.writeBytes(head.array());
        elements.writeBytes(value);
        return this;
    }
}
