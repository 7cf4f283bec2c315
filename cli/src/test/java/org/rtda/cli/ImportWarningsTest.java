package org.rtda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.cli.terminal.Terminal;
import org.rtda.core.ByteImage;
import org.rtda.store.LabelledImages;
import org.rtda.store.npz.NpzWriter;
import org.rtda.testkit.DicomBytes;

/** What {@code --dry-run} says of inputs that would become another data set than their owner means. It needs no gateway. */
class ImportWarningsTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void twelveBitsInAPictureOfSixteenAreSaidToBeNearlyBlack() throws IOException {
        for (int i = 0; i < 20; i++) {
            picture(i, 4096);
        }

        assertThat(dryRun("set", folder.toString())).isZero();

        assertThat(said(err))
                .contains("the brightest pixel is at most 16 of 255 levels above the darkest in 20 images, the first is"
                        + " a/0.png");
    }

    @Test
    void aPictureThatUsesItsBitsIsNotSaidToBeFaint() throws IOException {
        for (int i = 0; i < 20; i++) {
            picture(i, 65536);
        }

        assertThat(dryRun("set", folder.toString())).isZero();

        assertThat(said(err)).doesNotContain("levels above");
    }

    @Test
    void aWindowIsSaidToChangeNoPicture() throws IOException {
        for (int i = 0; i < 20; i++) {
            picture(i, 65536);
        }

        assertThat(dryRun("set", folder.toString(), "--window", "40/400")).isZero();

        assertThat(said(err)).contains("--window is for DICOM images: 20 pictures were read as they are");
    }

    @Test
    void aTablesOptionIsRefusedForAFolderWhoseNamesWouldBeTheLabels() throws IOException {
        picture(0, 65536);

        assertThat(dryRun("set", folder.toString(), "--label-column", "pathology"))
                .isEqualTo(1);

        assertThat(said(err))
                .contains("--label-column is for a table, and " + folder
                        + " is read by its folders: name the table, or leave this out");
    }

    @Test
    void pathsThatMakeSeveralPatientsOfOnePatientIdAreSaid() throws IOException {
        for (int i = 0; i < 20; i++) {
            // two examinations of each patient
            dicom("MRN-" + i / 2, "exam" + i + "_1.dcm", i, "Scan 3");
        }

        assertThat(dryRun("set", folder.toString(), "--patient-pattern", "(exam\\d+)_", "--window", "full"))
                .isZero();

        assertThat(said(err))
                .contains("10 Patient IDs of DICOM files are those of several patients, as a table or the paths say:"
                        + " their images may be in different splits");
    }

    @Test
    void moreScannersThanSubgroupsMayBeAreLeftOut() throws IOException {
        for (int i = 0; i < 70; i++) {
            dicom("MRN-" + i, i + ".dcm", i, String.format("Scan%02d", i));
        }

        assertThat(dryRun("set", folder.toString(), "--window", "full")).isZero();

        assertThat(said(err))
                .contains("the files name 70 scanners, at most 64 are allowed for subgroups: no image has one;"
                        + " a table's column scanner can put them into groups");
    }

    @Test
    void arraysThatTheGatewayWouldRefuseAreRefusedBeforeTheyAreSent() throws IOException {
        Path fromOne = npz("from-one.npz", 8, 1, 2);
        assertThat(dryRun("set", fromOne.toString())).isEqualTo(1);
        assertThat(said(err))
                .contains("from-one.npz: train_labels must hold every class from 0 to 2, class 0 has no image");

        err.reset();
        Path sound = npz("sound.npz", 8, 0, 1);
        Path larger = npz("larger.npz", 16, 0, 1);
        assertThat(dryRun("set", sound.toString(), "--shift", "elsewhere=" + larger))
                .isEqualTo(1);
        assertThat(said(err))
                .contains("larger.npz: images of split shift-elsewhere must be 1 x 8 x 8 (channels x height x width) as"
                        + " those of train, were 1 x 16 x 16");
        assertThat(dryRun("set", sound.toString())).isZero();
    }

    @Test
    void arraysOfAnotherShapeBesideAFolderAreRefusedBeforeTheyAreSent() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        for (int i = 0; i < 20; i++) {
            picture(images, i, 65536);
        }

        assertThat(dryRun("set", images.toString(), "--shift", "elsewhere=" + npz("larger.npz", 16, 0, 1)))
                .isEqualTo(1);

        assertThat(said(err))
                .contains("larger.npz: images of split shift-elsewhere must be 1 x 8 x 8 (channels x height x width) as"
                        + " those of train, were 1 x 16 x 16");
    }

    private void picture(int seed, int values) throws IOException {
        picture(folder, seed, values);
    }

    /** Grey noise of 8 x 8 in 16 bits, of class a or b by turns. */
    private static void picture(Path images, int seed, int values) throws IOException {
        BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
        Random random = new Random(seed);
        for (int i = 0; i < 64; i++) {
            picture.getRaster().setSample(i % 8, i / 8, 0, random.nextInt(values));
        }
        Path file = images.resolve(seed % 2 == 0 ? "a" : "b").resolve(seed + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", file.toFile());
    }

    /** Of class a or b by turns; the scanner's name has six characters. */
    private void dicom(String patient, String name, int seed, String scanner) throws IOException {
        short[] pixels = new short[64];
        Random random = new Random(seed);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) random.nextInt(4096);
        }
        String content = new String(DicomBytes.of("Doe^Jane", patient, "CC", 8, pixels), StandardCharsets.ISO_8859_1);
        Path file = folder.resolve(seed % 2 == 0 ? "a" : "b").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content.replace("Scan 3", scanner), StandardCharsets.ISO_8859_1);
    }

    /** Two images of each label in every split. */
    private Path npz(String name, int side, int... labels) throws IOException {
        Map<String, LabelledImages> splits = new LinkedHashMap<>();
        for (String split : List.of("train", "val", "test")) {
            List<ByteImage> images = new ArrayList<>();
            int[] ofImages = new int[2 * labels.length];
            for (int i = 0; i < ofImages.length; i++) {
                byte[] pixels = new byte[side * side];
                new Random((split + i).hashCode()).nextBytes(pixels);
                images.add(new ByteImage(1, side, side, pixels));
                ofImages[i] = labels[i / 2];
            }
            splits.put(split, new LabelledImages(images, ofImages));
        }
        Path file = folder.resolve(name);
        NpzWriter.write(file, splits);
        return file;
    }

    private int dryRun(String... arguments) {
        List<String> all = new ArrayList<>(List.of("import"));
        all.addAll(List.of(arguments));
        if (!arguments[1].endsWith(".npz")) {
            all.addAll(List.of("--side", "8"));
        }
        all.add("--dry-run");
        return Rtda.run(
                new Terminal(
                        folder,
                        folder.resolve(".home"),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        Map.of()),
                all.toArray(String[]::new));
    }

    private static String said(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
