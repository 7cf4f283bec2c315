package org.rtda.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A folder as somebody may have it: DICOM files (Part 10, explicit VR little endian, 12 bits) of invented patients, and a table of
 * findings, splits and subgroups. Noise, with a brighter square in the images of the class {@code malignant}.
 *
 * <p>Every patient has two images, CC and MLO. Sex and class alternate, so that each sex has each class; the patients of the site
 * {@code south} are all benign.
 */
final class DicomStudy {
    static final int SIDE = 20;
    static final String TABLE = "findings.csv";

    private static final List<String> SPLITS = List.of("train", "val", "test");

    private final Path folder;
    private final List<String> lines = new ArrayList<>(List.of("file,pathology,split,sex,age,site"));
    private int patients;

    private DicomStudy(Path folder) {
        this.folder = folder;
    }

    /** @param patientsOfSplits of train, val and test; multiples of 4 */
    static Path write(Path folder, int... patientsOfSplits) throws IOException {
        DicomStudy study = new DicomStudy(folder);
        for (int split = 0; split < SPLITS.size(); split++) {
            for (int i = 0; i < patientsOfSplits[split]; i++) {
                study.addPatient(SPLITS.get(split));
            }
        }
        Files.write(folder.resolve(TABLE), study.lines);
        return folder.resolve(TABLE);
    }

    private void addPatient(String split) throws IOException {
        int number = patients++;
        boolean isMalignant = number % 2 == 1;
        String sex = number / 2 % 2 == 0 ? "F" : "M";
        String site = isMalignant || number % 8 != 0 ? "north" : "south";
        for (String view : List.of("CC", "MLO")) {
            String file = "p" + number + "/" + view.toLowerCase(java.util.Locale.ROOT) + ".dcm";
            Files.createDirectories(folder.resolve(file).getParent());
            Files.write(folder.resolve(file), image("PAT" + number, view, isMalignant));
            lines.add(String.join(
                    ",",
                    file,
                    isMalignant ? "malignant" : "benign",
                    split,
                    sex,
                    String.valueOf(40 + number % 40),
                    site));
        }
    }

    private static byte[] image(String patient, String view, boolean isMalignant) {
        Random random = new Random((patient + view).hashCode());
        ByteBuffer pixels = ByteBuffer.allocate(2 * SIDE * SIDE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SIDE * SIDE; i++) {
            boolean inSquare = i / SIDE / 7 == 1 && i % SIDE / 7 == 1;
            pixels.putShort((short) (600 + random.nextInt(1600) + (isMalignant && inSquare ? 1000 : 0)));
        }
        byte[] meta = joined(text(0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1"));
        return joined(
                new byte[128],
                "DICM".getBytes(StandardCharsets.US_ASCII),
                element(
                        0x0002,
                        0x0000,
                        "UL",
                        ByteBuffer.allocate(4)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putInt(meta.length)
                                .array()),
                meta,
                text(0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.7"),
                text(0x0008, 0x0060, "CS", "MG"),
                text(0x0010, 0x0010, "PN", "Invented^" + patient),
                text(0x0010, 0x0020, "LO", patient),
                text(0x0018, 0x5101, "CS", view),
                number(0x0028, 0x0002, 1),
                text(0x0028, 0x0004, "CS", "MONOCHROME2"),
                number(0x0028, 0x0010, SIDE),
                number(0x0028, 0x0011, SIDE),
                number(0x0028, 0x0100, 16),
                number(0x0028, 0x0101, 12),
                number(0x0028, 0x0102, 11),
                number(0x0028, 0x0103, 0),
                element(0x7fe0, 0x0010, "OW", pixels.array()));
    }

    private static byte[] text(int group, int element, String vr, String value) {
        boolean odd = value.length() % 2 == 1;
        String even = odd ? value + (vr.equals("UI") ? "\0" : " ") : value;
        return element(group, element, vr, even.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] number(int group, int element, int value) {
        return element(group, element, "US", new byte[] {(byte) value, (byte) (value >> 8)});
    }

    private static byte[] element(int group, int element, String vr, byte[] value) {
        boolean isLong = vr.equals("OW");
        ByteBuffer head = ByteBuffer.allocate(isLong ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) group).putShort((short) element).put(vr.getBytes(StandardCharsets.US_ASCII));
        if (isLong) {
            head.putShort((short) 0).putInt(value.length);
        } else {
            head.putShort((short) value.length);
        }
        return joined(head.array(), value);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
