package org.rtda.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ImageFacts;
import org.rtda.imaging.PatientKey;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.file.ImageFiles;

/** Who the patient is stays in the file: what leaves the reader is pixels, {@link ImageFacts} and refusals. */
class IdentityTest {
    private static final PatientKey KEY = PatientKey.of(new byte[PatientKey.BYTES]);
    private static final ReadOptions OPTIONS = ReadOptions.defaults().withPatientKey(KEY);
    private static final String SECRET = "SECRET7";

    /** Of the attributes that PS3.15 table E.1-1 removes or replaces, those that images commonly have. */
    private static final List<Integer> BASIC_PROFILE = List.of(
            0x0008_0012,
            0x0008_0013,
            0x0008_0014,
            0x0008_0018,
            0x0008_0020,
            0x0008_0021,
            0x0008_0022,
            0x0008_0023,
            0x0008_002a,
            0x0008_0030,
            0x0008_0031,
            0x0008_0032,
            0x0008_0033,
            0x0008_0050,
            0x0008_0080,
            0x0008_0081,
            0x0008_0090,
            0x0008_0092,
            0x0008_0094,
            0x0008_0096,
            0x0008_1010,
            0x0008_1030,
            0x0008_103e,
            0x0008_1040,
            0x0008_1048,
            0x0008_1050,
            0x0008_1060,
            0x0008_1070,
            0x0008_1080,
            0x0008_1155,
            0x0008_2111,
            0x0008_4000,
            0x0010_0010,
            0x0010_0020,
            0x0010_0021,
            0x0010_0030,
            0x0010_0032,
            0x0010_0040,
            0x0010_1000,
            0x0010_1001,
            0x0010_1005,
            0x0010_1010,
            0x0010_1020,
            0x0010_1030,
            0x0010_1040,
            0x0010_1060,
            0x0010_1080,
            0x0010_1090,
            0x0010_2000,
            0x0010_2110,
            0x0010_2150,
            0x0010_2152,
            0x0010_2154,
            0x0010_2160,
            0x0010_2180,
            0x0010_21a0,
            0x0010_21b0,
            0x0010_21c0,
            0x0010_21d0,
            0x0010_21f0,
            0x0010_2297,
            0x0010_4000,
            0x0018_1000,
            0x0018_1002,
            0x0018_1004,
            0x0018_1005,
            0x0018_1007,
            0x0018_1008,
            0x0018_1030,
            0x0018_1400,
            0x0018_4000,
            0x0018_9424,
            0x0020_000d,
            0x0020_000e,
            0x0020_0010,
            0x0020_0052,
            0x0020_0200,
            0x0020_4000,
            0x0032_1032,
            0x0032_1033,
            0x0032_1060,
            0x0032_4000,
            0x0038_0010,
            0x0038_0020,
            0x0038_0500,
            0x0040_0006,
            0x0040_0241,
            0x0040_0242,
            0x0040_0243,
            0x0040_0253,
            0x0040_0254,
            0x0040_0275,
            0x0040_1001,
            0x0040_a123,
            0x0040_a730,
            0x0088_0140,
            0x0400_0561,
            0x4008_0114);

    @Test
    void theListOfWhatIsReadHoldsOfTheBasicProfileOnlyWhatGoesIntoTheHash() {
        assertThat(Arrays.stream(Attribute.values()).map(Attribute::tag).filter(BASIC_PROFILE::contains))
                .containsExactlyInAnyOrder(Attribute.PATIENT_ID.tag(), Attribute.ISSUER_OF_PATIENT_ID.tag());
    }

    @Test
    void theFactsHoldScannerSideAndViewAndNothingElseOfTheFile() {
        DecodedImage read = ImageFiles.read(file("1.2.840.10008.1.2.1", true), OPTIONS);

        assertThat(read.facts())
                .isEqualTo(new ImageFacts(
                        "DICOM Explicit VR Little Endian",
                        KEY.hash(SECRET, SECRET),
                        KEY.hash(SECRET),
                        "Maker Model 3",
                        "L",
                        "MLO"));
        assertThat(read.toString()).doesNotContain(SECRET);
    }

    @Test
    void withoutAKeyNothingIsSaidOfThePatient() {
        assertThat(ImageFiles.read(file("1.2.840.10008.1.2.1", true), ReadOptions.defaults())
                        .facts()
                        .patientHash())
                .isNull();
    }

    @Test
    void aBlankIdentifierHasNoHashSinceEveryPatientWithoutOneWouldBeTheSame() {
        byte[] file = image(new DicomWriter(Encoding.EXPLICIT_LITTLE_ENDIAN).text(0x0010_0020, "LO", "   "))
                .file("1.2.840.10008.1.2.1");

        assertThat(ImageFiles.read(file, OPTIONS).facts().patientHash()).isNull();
    }

    @Test
    void whatIsNoCodeOfTheStandardIsNoSideAndNoView() {
        byte[] file = image(new DicomWriter(Encoding.EXPLICIT_LITTLE_ENDIAN)
                        .text(0x0018_5101, "CS", "DOE JANE")
                        .text(0x0020_0060, "CS", "JANE"))
                .file("1.2.840.10008.1.2.1");

        ImageFacts facts = ImageFiles.read(file, OPTIONS).facts();

        assertThat(facts.laterality()).isNull();
        assertThat(facts.view()).isNull();
    }

    @Test
    void noRefusalRepeatsTextOfTheFile() {
        List<byte[]> files = new ArrayList<>();
        for (String syntax : List.of(
                "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.4.80", SECRET)) {
            files.add(file(syntax, true));
            files.add(file(syntax, false));
        }
        // where text of the file could be taken for something that a message tells
        for (int tag :
                new int[] {0x0028_0004, 0x0028_0008, 0x0028_0010, 0x0028_1050, 0x0028_1051, 0x0028_1053, 0x0028_1056}) {
            files.add(image(new DicomWriter(Encoding.EXPLICIT_LITTLE_ENDIAN)
                            .text(tag, "LO", SECRET)
                            .text(0x0028_1051, "DS", "1")
                            .text(0x0028_1050, "DS", "1"))
                    .file("1.2.840.10008.1.2.1"));
        }

        Random random = new Random(25);
        List<String> messages = new ArrayList<>();
        for (byte[] whole : files) {
            for (int round = 0; round < 200; round++) {
                byte[] bytes = round == 0 ? whole : Arrays.copyOf(whole, 133 + random.nextInt(whole.length - 133));
                if (round > 0) {
                    bytes[132 + random.nextInt(bytes.length - 132)] ^= (byte) random.nextInt(256);
                }
                messages.add(said(bytes));
            }
        }

        assertThat(messages).noneMatch(message -> message.contains(SECRET));
        assertThat(messages).filteredOn(message -> !message.isEmpty()).hasSizeGreaterThan(1000);
    }

    /** What the reader says of a file, both ways. */
    private static String said(byte[] bytes) {
        try {
            return ImageFiles.read(bytes, OPTIONS).facts().toString();
        } catch (UnreadableImageException e) {
            assertThat(e).hasNoCause();
            return Stream.of(e.getMessage(), String.valueOf(e.getLocalizedMessage()))
                    .collect(Collectors.joining());
        }
    }

    /** A file with every attribute of the profile, at the top, in a sequence and in a private element. */
    private static byte[] file(String syntax, boolean sound) {
        Encoding encoding = syntax.equals("1.2.840.10008.1.2")
                ? Encoding.IMPLICIT_LITTLE_ENDIAN
                : syntax.equals("1.2.840.10008.1.2.2") ? Encoding.EXPLICIT_BIG_ENDIAN : Encoding.EXPLICIT_LITTLE_ENDIAN;
        DicomWriter writer = new DicomWriter(encoding);
        writer.text(0x0008_0070, "LO", "Maker").text(0x0008_1090, "LO", "Model 3");
        BASIC_PROFILE.forEach(tag -> writer.text(tag, "LO", SECRET));
        DicomWriter item = writer.like();
        BASIC_PROFILE.forEach(tag -> item.text(tag, "LO", SECRET));
        writer.sequence(0x0040_0275, false, item)
                .text(0x0009_1001, "LO", SECRET)
                .text(0x0018_5101, "CS", "MLO")
                .text(0x0020_0062, "CS", "L");
        return sound
                ? image(writer).file(syntax)
                : writer.grey("MONOCHROME2", 2, 2, 12, false).pixels(1).file(syntax);
    }

    private static DicomWriter image(DicomWriter writer) {
        return writer.grey("MONOCHROME2", 2, 2, 12, false).pixels(0, 1, 2, 4095);
    }
}
