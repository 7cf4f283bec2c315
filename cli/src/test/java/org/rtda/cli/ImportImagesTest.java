package org.rtda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.cli.dataset.PlayedImports;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.Versions;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.core.ByteImage;
import org.rtda.store.LabelledImages;
import org.rtda.store.npz.NpzWriter;
import org.rtda.testkit.DicomBytes;

/** Folders, tables and archives through the command line and the real importer. */
class ImportImagesTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private PlayedImports gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new PlayedImports(Files.createDirectories(folder.resolve("uploads")));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aFolderOfClassesIsDividedAndImported() throws IOException {
        Path images = classFolders(60, 40);

        assertThat(run("import", "set", images.toString(), "--side", "16", "--healthy", "benign"))
                .isZero();

        DatasetManifest manifest = gateway.manifest("set");
        assertThat(manifest.classes()).containsExactly("benign", "malignant");
        assertThat(manifest.healthyClass()).isZero();
        assertThat(List.of(manifest.channels(), manifest.height(), manifest.width()))
                .containsExactly(1, 16, 16);
        // 70, 10 and 20 percent of 60 and of 40
        assertThat(manifest.split("train").classCounts()).containsExactly(42, 28);
        assertThat(manifest.split("val").classCounts()).containsExactly(6, 4);
        assertThat(manifest.split("test").classCounts()).containsExactly(12, 8);
        assertThat(manifest.preparation())
                .isEqualTo(new Preparation(
                        "rtda " + Versions.rtda(),
                        "folder",
                        new Preparation.Pixels(16, 1, "pad", "antialiased-bilinear", null)
                                .withBitDepths(Map.of("8", 100)),
                        new Preparation.Splitting("image", List.of(70, 10, 20), 1L, 0, 0),
                        new Preparation.Findings(0, 0, 0, 0, 0, 0)));
        assertThat(text(out)).isEqualTo("imported set: 1 x 16 x 16, train 70, val 10, test 20\n");
        assertThat(text(err)).contains("nobody says whose images they are");
    }

    @Test
    void foldersOfPatientsDoNotBecomeClasses() throws IOException {
        Path images = folder.resolve("images");
        for (int patient = 0; patient < 21; patient++) {
            picture(images.resolve("patient" + patient).resolve("1.png"), patient);
        }

        assertThat(run("import", "set", images.toString(), "--side", "16")).isEqualTo(1);

        assertThat(text(err)).contains("has 21 classes").contains("name them with --classes");
        assertThat(gateway.bodies).isEmpty();
    }

    @Test
    void theSameFilesAndOptionsAreTheSameDataSet() throws IOException {
        Path images = classFolders(20, 20);
        run("import", "set", images.toString(), "--side", "16");
        String first = gateway.id("set");
        run("import", "set", images.toString(), "--side", "16");
        assertThat(gateway.id("set")).isEqualTo(first);

        run("import", "set", images.toString(), "--side", "16", "--seed", "2");
        assertThat(gateway.id("set")).isNotEqualTo(first);
        run("import", "set", zipped(images).toString(), "--side", "16");
        assertThat(gateway.images("set").splits())
                .as("packed, the same images are in the same splits")
                .isEqualTo(recordsOf(images));
    }

    private Map<String, List<ImageRecord>> recordsOf(Path images) {
        run("import", "other", images.toString(), "--side", "16");
        return gateway.images("other").splits();
    }

    @Test
    void givenSplitsAreKept() throws IOException {
        Path images = folder.resolve("images");
        int i = 0;
        for (String split : List.of("Training", "validation", "test")) {
            for (String label : List.of("a", "b")) {
                for (int k = 0; k < 3; k++) {
                    picture(images.resolve(split).resolve(label).resolve(k + ".png"), i++);
                }
            }
        }

        assertThat(run("import", "set", images.toString(), "--side", "16")).isZero();

        DatasetManifest manifest = gateway.manifest("set");
        assertThat(manifest.split("train").classCounts()).containsExactly(3, 3);
        assertThat(manifest.split("val").classCounts()).containsExactly(3, 3);
        assertThat(manifest.preparation().splitting()).isEqualTo(new Preparation.Splitting("given", null, null, 0, 0));
    }

    @Test
    void ofTrainAndTestTheValidationImagesAreDrawnFromTrain() throws IOException {
        Path images = folder.resolve("images");
        int i = 0;
        for (String split : List.of("train", "test")) {
            for (String label : List.of("a", "b")) {
                for (int k = 0; k < 16; k++) {
                    picture(images.resolve(split).resolve(label).resolve(k + ".png"), i++);
                }
            }
        }

        assertThat(run("import", "set", images.toString(), "--side", "16")).isZero();

        // 10 to 70 of 16 are 2
        assertThat(gateway.manifest("set").split("val").classCounts()).containsExactly(2, 2);
        assertThat(gateway.manifest("set").split("test").classCounts()).containsExactly(16, 16);
        assertThat(text(err)).contains("train and test were given, val was drawn from train");
    }

    @Test
    void patientsInFileNamesAreNotParted() throws IOException {
        Path images = folder.resolve("images");
        for (int patient = 0; patient < 30; patient++) {
            for (int k = 0; k < 3; k++) {
                picture(
                        images.resolve(patient % 2 == 0 ? "well" : "ill")
                                .resolve("person" + patient + "_" + k + ".png"),
                        3 * patient + k);
            }
        }

        assertThat(run("import", "set", images.toString(), "--side", "16", "--patient-pattern", "(person\\d+)_"))
                .isZero();

        Map<String, Set<String>> splitsOfPatients = new HashMap<>();
        gateway.images("set")
                .splits()
                .forEach((split, records) -> records.forEach(record -> splitsOfPatients
                        .computeIfAbsent(record.patient(), absent -> new HashSet<>())
                        .add(split)));
        assertThat(splitsOfPatients).hasSize(30);
        assertThat(splitsOfPatients.values()).allMatch(splits -> splits.size() == 1);
        assertThat(gateway.manifest("set").preparation().splitting().by()).isEqualTo("patient");
        assertThat(gateway.bodies.get(0)).as("what left this machine").doesNotContain("person1");
    }

    @Test
    void aTableSaysWhatIsInItsFiles() throws IOException {
        for (int i = 0; i < 20; i++) {
            picture(folder.resolve("pictures/" + i + ".png"), i);
        }
        StringBuilder table =
                new StringBuilder("\uFEFFfile;pathology;patient;split;site;sex;age;laterality;view;remark\n");
        for (int i = 0; i < 20; i++) {
            table.append(i + ".png;" + (i % 2 == 0 ? "BENIGN" : "\"MALIGNANT\"") + ";Jane Doe " + i + ";"
                    + (i < 12 ? "train" : i < 16 ? "val" : "test") + ";north;" + (i % 2 == 0 ? "female" : "m") + ";"
                    + (35 + i) + ";left;CC;x\n");
        }
        Path csv = Files.writeString(folder.resolve("table.csv"), table);

        assertThat(run(
                        "import",
                        "set",
                        csv.toString(),
                        "--side",
                        "16",
                        "--label-column",
                        "pathology",
                        "--root",
                        folder.resolve("pictures").toString(),
                        "--map",
                        "BENIGN=benign",
                        "--keep-names"))
                .as(text(err))
                .isZero();

        DatasetManifest manifest = gateway.manifest("set");
        assertThat(manifest.classes()).containsExactly("MALIGNANT", "benign");
        assertThat(manifest.split("train").count()).isEqualTo(12);
        // ages 35 to 39 are five of 35 to 54
        assertThat(manifest.subgroups())
                .isEqualTo(Map.of(
                        "site", Map.of("north", 20),
                        "sex", Map.of("F", 10, "M", 10),
                        "ageBand", Map.of("20-39", 5, "40-59", 15),
                        "laterality", Map.of("L", 20),
                        "view", Map.of("CC", 20)));
        ImageRecord record = gateway.images("set").splits().get("train").get(0);
        assertThat(record.file()).isEqualTo("0.png");
        assertThat(record.patient()).hasSize(64);
        assertThat(gateway.bodies.get(0)).doesNotContain("Jane").doesNotContain("Doe");
    }

    @Test
    void aSplitThatPartsAPatientIsRefusedUnlessAllowed() throws IOException {
        StringBuilder table = new StringBuilder("file,label,patient,split\n");
        for (int i = 0; i < 12; i++) {
            picture(folder.resolve("pictures/" + i + ".png"), i);
            // patients 0 and 1 have images in train and test
            table.append(i + ".png," + i % 2 + ",p" + i % 8 + "," + (i < 6 ? "train" : i < 8 ? "val" : "test") + "\n");
        }
        Path csv = Files.writeString(folder.resolve("pictures/table.csv"), table);

        assertThat(run("import", "set", csv.toString(), "--side", "16")).isEqualTo(1);
        assertThat(text(err)).contains("4 of 8 patients have images in more than one of the given splits");
        assertThat(gateway.bodies).isEmpty();

        assertThat(run("import", "set", csv.toString(), "--side", "16", "--allow-shared-patients"))
                .isZero();
        assertThat(gateway.manifest("set").preparation().splitting())
                .isEqualTo(new Preparation.Splitting("given", null, null, 8, 4));
    }

    @Test
    void filesThatCannotBeUsedAreListedAndStrictEndsTheImport() throws IOException {
        Path images = classFolders(10, 10);
        Files.writeString(images.resolve("benign/notes.txt"), "no image");
        Files.writeString(images.resolve("readme.txt"), "no image");
        byte[] png = Files.readAllBytes(images.resolve("benign/3.png"));
        Files.write(images.resolve("malignant/cut.png"), Arrays.copyOf(png, png.length / 2));
        Files.writeString(images.resolve(".DS_Store"), "left behind");
        Path report = folder.resolve("report.txt");

        assertThat(run("import", "set", images.toString(), "--side", "16", "--report", report.toString()))
                .isZero();

        assertThat(text(err))
                .contains("left out: readme.txt: lies in no folder of a class")
                .contains("left out: benign/notes.txt: ")
                .contains("left out: malignant/cut.png: ")
                .contains("3 files were left out");
        assertThat(Files.readString(report)).contains("malignant/cut.png");
        assertThat(gateway.manifest("set").preparation().findings().refusedFiles())
                .isEqualTo(3);

        assertThat(run("import", "strict", images.toString(), "--side", "16", "--strict"))
                .isEqualTo(1);
        assertThat(text(err)).contains("nothing was imported, since --strict takes no file that cannot be used");
        assertThat(gateway.bodies).hasSize(1);
    }

    @Test
    void theReportIsWrittenWhereNothingIsImported() throws IOException {
        Path images = folder.resolve("images");
        int i = 0;
        for (String split : List.of("train", "val", "test")) {
            for (String label : List.of("a", "b")) {
                for (int k = 0; k < 3; k++) {
                    picture(images.resolve(split).resolve(label).resolve(k + ".png"), i++);
                }
            }
        }
        Files.copy(images.resolve("train/a/1.png"), images.resolve("test/b/copy.png"));
        Files.copy(images.resolve("train/a/2.png"), images.resolve("val/b/again.png"));
        Files.writeString(images.resolve("train/a/notes.txt"), "no image");
        Path report = folder.resolve("report.txt");

        assertThat(run("import", "set", images.toString(), "--side", "16", "--report", report.toString()))
                .isEqualTo(1);

        assertThat(Files.readAllLines(report))
                .anyMatch(line -> line.startsWith("refused: the same picture is in two splits with two labels: "))
                .anyMatch(line -> line.startsWith("left out: train/a/notes.txt: "))
                .contains(
                        "duplicate: val/b/again.png (val, b) has the pixels of train/a/2.png (train, a)",
                        "duplicate: train/a/1.png (train, a) has the pixels of test/b/copy.png (test, b)");

        assertThat(run("import", "set", images.toString(), "--strict", "--report", report.toString()))
                .isEqualTo(1);
        assertThat(Files.readAllLines(report).get(0)).startsWith("refused: nothing was imported, since --strict");
        assertThat(gateway.bodies).isEmpty();
    }

    @Test
    void theReportSaysWhyAnArchiveCannotBeOpened() throws IOException {
        byte[] sound = Files.readAllBytes(zipped(classFolders(2, 2)));
        Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(sound, sound.length - 1));
        Path report = folder.resolve("report.txt");

        assertThat(run("import", "set", cut.toString(), "--report", report.toString()))
                .isEqualTo(1);

        assertThat(report).hasContent("refused: cut.zip is not a complete ZIP archive; was it cut off?");
    }

    @Test
    void theReportHoldsEveryRefusedLineOfATableWithoutAUsableOne() throws IOException {
        Path csv =
                Files.writeString(folder.resolve("table.csv"), "file,label\ngone-1.png,benign\ngone-2.png,malignant\n");
        Path report = folder.resolve("report.txt");

        assertThat(run("import", "set", csv.toString(), "--report", report.toString()))
                .isEqualTo(1);

        assertThat(text(err))
                .contains("no file is an image that can be used; the first: ")
                .contains("gone-1.png");
        assertThat(Files.readString(report)).contains("gone-1.png").contains("gone-2.png");
    }

    @Test
    void aReportThatCannotBeWrittenDoesNotHideWhyNothingIsImported() throws IOException {
        Path csv = Files.writeString(folder.resolve("table.csv"), "file,label\ngone-1.png,benign\n");
        Path report = folder.resolve("no/such/folder/report.txt");

        assertThat(run("import", "set", csv.toString(), "--report", report.toString()))
                .isEqualTo(1);

        assertThat(text(err))
                .contains("no file is an image that can be used; the first: ")
                .contains(report + " cannot be written: ");
    }

    @Test
    void patientsOfAnExternalTestSetWhoAreInTheMainSetAreReported() throws IOException {
        Path main = folder.resolve("images");
        Path other = folder.resolve("other");
        for (int i = 0; i < 20; i++) {
            picture(main.resolve(i % 2 == 0 ? "a" : "b").resolve("p" + i + "_1.png"), i);
        }
        // p3 and p4 come again, with other pictures; p90 is new
        picture(other.resolve("b/p3_2.png"), 103);
        picture(other.resolve("a/p4_2.png"), 104);
        picture(other.resolve("a/p90_1.png"), 190);

        assertThat(run(
                        "import",
                        "set",
                        main.toString(),
                        "--side",
                        "16",
                        "--shift",
                        "elsewhere=" + other,
                        "--patient-pattern",
                        "(p\\d+)_"))
                .isZero();

        assertThat(text(err))
                .contains("2 patients of the external test set elsewhere have images in the main set, too");
        assertThat(gateway.manifest("set").preparation().splitting().sharedWithShifts())
                .isEqualTo(Map.of("elsewhere", 2));
    }

    @Test
    void aPictureInTwoSplitsUnderTwoLabelsIsRefusedUnlessAllowed() throws IOException {
        Path images = folder.resolve("images");
        int i = 0;
        for (String split : List.of("train", "val", "test")) {
            for (String label : List.of("a", "b")) {
                for (int k = 0; k < 3; k++) {
                    picture(images.resolve(split).resolve(label).resolve(k + ".png"), i++);
                }
            }
        }
        Files.copy(images.resolve("train/a/1.png"), images.resolve("test/b/copy.png"));
        Files.copy(images.resolve("train/a/2.png"), images.resolve("train/a/again.png"));

        assertThat(run("import", "set", images.toString(), "--side", "16")).isEqualTo(1);
        assertThat(text(err))
                .contains(
                        "the same picture is in two splits with two labels: train/a/1.png (train, a) has the pixels of"
                                + " test/b/copy.png (test, b)");

        assertThat(run("import", "set", images.toString(), "--side", "16", "--allow-duplicates"))
                .isZero();
        assertThat(gateway.manifest("set").preparation().findings())
                .isEqualTo(new Preparation.Findings(0, 2, 0, 1, 1, 0));
    }

    @Test
    void drawnSplitsKeepACopyWithItsOriginal() throws IOException {
        Path images = classFolders(20, 20);
        for (int i = 0; i < 10; i++) {
            Files.copy(images.resolve("benign/" + i + ".png"), images.resolve("malignant/copy" + i + ".png"));
        }

        assertThat(run("import", "set", images.toString(), "--side", "16")).isZero();

        assertThat(gateway.manifest("set").preparation().findings())
                .isEqualTo(new Preparation.Findings(0, 10, 0, 0, 0, 0));
    }

    @Test
    void aClassOfOneImageIsTrainedOnAndSaidToBeMissingElsewhere() throws IOException {
        Path images = classFolders(10, 10);
        picture(images.resolve("rare/1.png"), 999);

        assertThat(run("import", "set", images.toString(), "--side", "16")).isZero();

        assertThat(gateway.manifest("set").split("train").classCounts()).containsExactly(7, 7, 1);
        assertThat(text(err))
                .contains("val holds no image of [rare]: figures on it say nothing of these")
                .contains("test holds no image of [rare]: figures on it say nothing of these");
    }

    @Test
    void floatsInAnArrayFileAreScaledWhereThatIsAskedFor() throws IOException {
        Path file = folder.resolve("floats.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            Random random = new Random(4);
            for (String split : List.of("train", "val", "test")) {
                ByteBuffer values = ByteBuffer.allocate(2 * 64 * 4).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < 128; i++) {
                    values.putFloat(random.nextInt(256) / 255f);
                }
                array(zip, split + "_images", "<f4", "(2, 8, 8)", values.array());
                array(zip, split + "_labels", "|u1", "(2,)", new byte[] {0, 1});
            }
        }

        assertRefused(
                "floats.npz: train_images must be of dtype |u1 (uint8), was <f4; where its values lie in [0,1], --scale",
                "import",
                "set",
                file.toString());
        assertThat(run("import", "set", file.toString(), "--scale")).isZero();

        // the first value that was drawn
        assertThat(gateway.split("set", "train").images().get(0).value(0, 0, 0)).isEqualTo(new Random(4).nextInt(256));
        assertThat(gateway.manifest("set").preparation().source()).isEqualTo("npz");
    }

    private static void array(ZipOutputStream zip, String key, String dtype, String shape, byte[] values)
            throws IOException {
        String header = "{'descr': '" + dtype + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        zip.putNextEntry(new ZipEntry(key + ".npy"));
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        zip.write(header.getBytes(StandardCharsets.US_ASCII));
        zip.write(values);
        zip.closeEntry();
    }

    @Test
    void aLabelWithoutAClassIsLeftOut() throws IOException {
        Path images = classFolders(10, 10);
        picture(images.resolve("unsure/1.png"), 999);

        assertThat(run("import", "set", images.toString(), "--side", "16", "--map", "unsure="))
                .as(text(err))
                .isZero();

        assertThat(gateway.manifest("set").classes()).containsExactly("benign", "malignant");
    }

    @Test
    void optionsThatWouldChangeNothingAreRefused() throws IOException {
        Path file = folder.resolve("a.npz");
        Files.write(file, new byte[0]);
        assertRefused("--side is for folders, tables and archives", "import", "set", file.toString(), "--side", "28");
        assertRefused(
                "--scale is for NPZ files",
                "import",
                "set",
                classFolders(10, 10).toString(),
                "--scale");
    }

    @Test
    void aDryRunSaysWhatWouldBeAndSendsNothing() throws IOException {
        assertThat(run("import", "set", classFolders(10, 10).toString(), "--side", "16", "--dry-run"))
                .isZero();

        assertThat(text(out))
                .isEqualTo(
                        "nothing was imported (--dry-run); it would be set: train 14 (benign 7, malignant 7), val 2 (benign"
                                + " 1, malignant 1), test 4 (benign 2, malignant 2)\n");
        assertThat(gateway.bodies).isEmpty();
    }

    @Test
    void dicomFilesAreDividedByTheirPatientsWhoStayHere() throws IOException {
        StringBuilder table = new StringBuilder("file,label\n");
        for (int i = 0; i < 40; i++) {
            // ten patients with four images each
            String patient = "MRN-77" + i / 4;
            short[] pixels = new short[256];
            Random random = new Random(i);
            for (int p = 0; p < 256; p++) {
                pixels[p] = (short) random.nextInt(4096);
            }
            Files.write(
                    folder.resolve("scan" + i + ".dcm"),
                    DicomBytes.of("Doe^Jane", patient, i % 2 == 0 ? "CC" : "MLO", 16, pixels));
            table.append("scan" + i + ".dcm," + (i / 4 % 2 == 0 ? "benign" : "malignant") + "\n");
        }
        Path csv = Files.writeString(folder.resolve("findings.csv"), table);

        assertThat(run("import", "mammo", csv.toString(), "--side", "16", "--window", "full", "--frame", "1"))
                .as(text(err))
                .isZero();

        Map<String, Set<String>> splitsOfPatients = new HashMap<>();
        gateway.images("mammo")
                .splits()
                .forEach((split, records) -> records.forEach(record -> splitsOfPatients
                        .computeIfAbsent(record.patient(), absent -> new HashSet<>())
                        .add(split)));
        assertThat(splitsOfPatients).hasSize(10).doesNotContainKey(null);
        assertThat(splitsOfPatients.values()).allMatch(splits -> splits.size() == 1);
        assertThat(gateway.manifest("mammo").subgroups())
                .isEqualTo(Map.of(
                        "scanner", Map.of("ACME Scan 3", 40),
                        "view", Map.of("CC", 20, "MLO", 20),
                        "laterality", Map.of("L", 40)));
        // each file has one frame of 12 bits
        assertThat(gateway.manifest("mammo").preparation().pixels())
                .isEqualTo(new Preparation.Pixels(16, 1, "pad", "antialiased-bilinear", "full")
                        .withFrame(1)
                        .withBitDepths(Map.of("12", 40)));
        assertThat(gateway.bodies.get(0))
                .as("what left this machine")
                .doesNotContain("Doe")
                .doesNotContain("MRN")
                .doesNotContain("Nowhere")
                .doesNotContain("19600229")
                .doesNotContain("scan1");
        assertThat(text(err) + text(out)).doesNotContain("Doe").doesNotContain("MRN");
    }

    @Test
    void anExternalFolderIsAShiftSetOfTheSameClasses() throws IOException {
        Path images = classFolders(10, 10);
        Path other = folder.resolve("other");
        picture(other.resolve("malignant/x.png"), 900);
        picture(other.resolve("malignant/y.png"), 901);
        picture(other.resolve("benign/z.png"), 902);
        picture(other.resolve("unknown/w.png"), 903);

        assertThat(run("import", "set", images.toString(), "--side", "16", "--shift", "elsewhere=" + other))
                .isZero();

        assertThat(gateway.manifest("set").split("shift-elsewhere").classCounts())
                .containsExactly(1, 2);
        assertThat(gateway.images("set").splits().get("shift-elsewhere")).hasSize(3);
        assertThat(text(err)).contains("unknown/w.png: is of the class unknown");
    }

    @Test
    void pixelsOfColourArriveAsTheyWere() throws IOException {
        Path images = folder.resolve("images");
        for (int i = 0; i < 10; i++) {
            BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
            Random random = new Random(i);
            for (int p = 0; p < 256; p++) {
                // red is some multiple of 10, green is the column, blue grows by rows
                picture.setRGB(p % 16, p / 16, 10 * random.nextInt(25) << 16 | (p % 16) << 8 | (p / 16 * 3));
            }
            Path file = images.resolve(i % 2 == 0 ? "a" : "b").resolve(i + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(picture, "png", file.toFile());
        }

        assertThat(run("import", "set", images.toString(), "--side", "16", "--channels", "3"))
                .isZero();

        var train = gateway.split("set", "train");
        for (var image : train.images()) {
            assertThat(image.value(0, 3, 5) % 10).isZero();
            assertThat(image.value(1, 3, 5)).isEqualTo(5);
            assertThat(image.value(2, 3, 5)).isEqualTo(9);
        }
    }

    @Test
    void whatCannotBecomeADataSetIsSaid() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertRefused("holds no folder of images", "import", "set", empty.toString());
        Path one = folder.resolve("one");
        picture(one.resolve("only/1.png"), 1);
        assertRefused("there must be at least 2 classes", "import", "set", one.toString());
        Path picture = one.resolve("only/1.png");
        assertRefused("is no folder, no ZIP archive and no table", "import", "set", picture.toString());
        Path few = folder.resolve("few");
        picture(few.resolve("a/1.png"), 1);
        picture(few.resolve("b/2.png"), 2);
        assertRefused("no image is left for val", "import", "set", few.toString());
        assertRefused("--map names the label c", "import", "set", few.toString(), "--map", "c=d");
        assertRefused("--side must be in [8, 1024]", "import", "set", few.toString(), "--side", "4");
        assertRefused("--split: shares of train", "import", "set", few.toString(), "--split", "50,10,20");
        assertRefused("--window must be CENTRE/WIDTH", "import", "set", few.toString(), "--window", "wide");
        assertRefused(
                "--patient-pattern must have one group", "import", "set", few.toString(), "--patient-pattern", "p");
        assertRefused("there is no public set nope", "import", "nope");
        assertThat(gateway.bodies).isEmpty();
    }

    private void assertRefused(String reason, String... arguments) {
        err.reset();
        assertThat(run(arguments)).isEqualTo(1);
        assertThat(text(err)).contains(reason);
    }

    @Test
    void ofADamagedArchiveAllOrNothingIsImported() throws IOException {
        byte[] sound = Files.readAllBytes(zipped(classFolders(10, 10)));
        int imported = 0;
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            byte[] damaged = seed % 4 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
            for (int flip = 0; flip < 1 + seed % 5 && damaged.length > 0; flip++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path file = Files.write(folder.resolve("damaged.zip"), damaged);
            int before = gateway.bodies.size();
            err.reset();

            int exit = run("import", "set" + seed, file.toString(), "--side", "16");

            assertThat(text(err)).as("seed " + seed).doesNotContain("unexpected failure");
            if (exit == 0) {
                DatasetManifest manifest = gateway.manifest("set" + seed);
                int images = manifest.splits().values().stream()
                        .mapToInt(DatasetManifest.Split::count)
                        .sum();
                assertThat(images + manifest.preparation().findings().refusedFiles())
                        .as("seed " + seed + ": every file is an image or refused")
                        .isEqualTo(20);
                imported++;
            } else {
                assertThat(gateway.bodies).as("seed " + seed).hasSize(before);
            }
        }
        assertThat(imported).isBetween(1, 99);
    }

    @Test
    void ofADamagedTableOrPictureAllOrNothingIsImported() throws IOException {
        StringBuilder lines = new StringBuilder("file;label;patient;split;site;sex;age\n");
        for (int i = 0; i < 12; i++) {
            picture(folder.resolve("p" + i + ".png"), i);
            lines.append("p" + i + ".png;" + (i % 2 == 0 ? "ill" : "well") + ";patient " + i + ";"
                    + List.of("train", "val", "test").get(i / 2 % 3) + ";north;F;" + (40 + i) + "\n");
        }
        byte[] table = lines.toString().getBytes(StandardCharsets.UTF_8);
        byte[] picture = Files.readAllBytes(folder.resolve("p3.png"));
        int imported = 0;
        for (int seed = 0; seed < 100; seed++) {
            boolean isTable = seed % 2 == 0;
            byte[] damaged = (isTable ? table : picture).clone();
            Random random = new Random(seed);
            for (int flip = 0; flip < 1 + seed % 5; flip++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path csv = Files.write(folder.resolve("table.csv"), isTable ? damaged : table);
            Files.write(folder.resolve("p3.png"), isTable ? picture : damaged);
            int before = gateway.bodies.size();
            err.reset();

            int exit = run("import", "set" + seed, csv.toString(), "--side", "16");

            assertThat(text(err)).as("seed " + seed).doesNotContain("unexpected failure");
            if (exit == 0) {
                for (Map.Entry<String, DatasetManifest.Split> split :
                        gateway.manifest("set" + seed).splits().entrySet()) {
                    assertThat(gateway.split("set" + seed, split.getKey()).labels())
                            .hasSize(split.getValue().count());
                }
                imported++;
            } else {
                assertThat(gateway.bodies).as("seed " + seed).hasSize(before);
                assertThat(gateway.store.list("datasets/set" + seed + "/")).isEmpty();
            }
        }
        assertThat(imported).isBetween(1, 99);
    }

    @Test
    void ourOwnFilesAreNotTakenForThePublicSetOfThatName() throws IOException {
        assertThat(run("import", "breastmnist-ours", classFolders(10, 10).toString(), "--side", "16"))
                .isZero();

        assertThat(gateway.manifest("breastmnist-ours").healthyClass()).isNull();
    }

    @Test
    void aPublicSetComesByItsNameWithWhatIsKnownOfIt() throws Exception {
        Map<String, LabelledImages> splits = new LinkedHashMap<>();
        for (String split : List.of("train", "val", "test")) {
            byte[] malignant = new byte[64];
            byte[] benign = new byte[64];
            new Random(split.hashCode()).nextBytes(malignant);
            new Random(split.hashCode() + 1).nextBytes(benign);
            splits.put(
                    split,
                    new LabelledImages(
                            List.of(new ByteImage(1, 8, 8, malignant), new ByteImage(1, 8, 8, benign)),
                            new int[] {0, 1}));
        }
        Path file = folder.resolve("mine.npz");
        NpzWriter.write(file, splits);

        // the file that is published is another, and its checksum is what is asked for
        assertRefused(
                "is not the file that was published: its MD5 is ", "import", "breastmnist", "--file", file.toString());
        assertRefused("--size must be one of [28, 64, 128, 224]", "import", "breastmnist", "--size", "32");
        assertRefused("are for a public set, which has no PATH", "import", "x", file.toString(), "--size", "28");

        assertThat(run("import", "breastmnist", file.toString())).isZero();
        assertThat(gateway.manifest("breastmnist").healthyClass()).isEqualTo(1);
    }

    @Test
    void classNamesWithCommasAreSentOneByOne() throws IOException {
        assertThat(run(
                        "import",
                        "set",
                        classFolders(10, 10).toString(),
                        "--side",
                        "16",
                        "--map",
                        "benign=normal, benign",
                        "--class",
                        "malignant",
                        "--class",
                        "normal, benign",
                        "--healthy",
                        "normal, benign"))
                .as(text(err))
                .isZero();

        assertThat(gateway.manifest("set").classes()).containsExactly("malignant", "normal, benign");
        assertThat(gateway.manifest("set").healthyClass()).isEqualTo(1);
    }

    /** benign and malignant, so many of each. */
    private Path classFolders(int benign, int malignant) throws IOException {
        Path images = folder.resolve("images");
        for (int i = 0; i < benign; i++) {
            picture(images.resolve("benign/" + i + ".png"), i);
        }
        for (int i = 0; i < malignant; i++) {
            picture(images.resolve("malignant/" + i + ".png"), 500 + i);
        }
        return images;
    }

    /** Grey noise of 16 x 16, another for each seed: no two look alike. */
    private static void picture(Path file, int seed) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = new byte[256];
        new Random(seed).nextBytes(pixels);
        picture.getRaster().setDataElements(0, 0, 16, 16, pixels);
        ImageIO.write(picture, "png", file.toFile());
    }

    private Path zipped(Path images) throws IOException {
        Path file = folder.resolve("images.zip");
        List<Path> all = new ArrayList<>();
        try (Stream<Path> found = Files.walk(images)) {
            found.filter(Files::isRegularFile).forEach(all::add);
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Path image : all) {
                zip.putNextEntry(new ZipEntry(images.relativize(image).toString()));
                zip.write(Files.readAllBytes(image));
                zip.closeEntry();
            }
        }
        return file;
    }

    private int run(String... arguments) {
        return Rtda.run(
                new Terminal(
                        folder,
                        folder.resolve("home"),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        Map.of("RTDA_GATEWAY", gateway.address())),
                arguments);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
