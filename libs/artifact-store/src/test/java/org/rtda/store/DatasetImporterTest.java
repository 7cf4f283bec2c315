package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.core.ByteImage;
import org.rtda.store.npz.NpzBytes;
import org.rtda.store.npz.NpzDataset;
import org.rtda.store.npz.NpzSource;
import org.rtda.store.npz.NpzWriter;

class DatasetImporterTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Datasets datasets = new Datasets(store);
    private final DatasetReader reader = new DatasetReader(store, 1 << 20);

    @TempDir
    Path folder;

    @Test
    void whatWasImportedReadsBackPixelByPixel() throws IOException {
        DatasetManifest manifest = imported(NpzBytes.small());

        assertThat(manifest.classes()).containsExactly("0", "1");
        assertThat(List.of(manifest.channels(), manifest.height(), manifest.width()))
                .containsExactly(1, 8, 8);
        assertThat(manifest.splits()).containsOnlyKeys("train", "val", "test");
        assertThat(manifest.split("train").count()).isEqualTo(12);
        assertThat(manifest.split("test").classCounts()).containsExactly(3, 3);
        DatasetRef ref = datasets.find("tiny").orElseThrow();
        assertThat(reader.manifest(ref)).isEqualTo(manifest);
        LabelledImages read = reader.read(ref, "train", new int[] {11, 0, 11});
        assertThat(read.labels()).containsExactly(1, 0, 1);
        // pixel 3 of image 11 is 31 * 11 + 3 = 344 = 88 (mod 256)
        assertThat(read.images().get(0).value(0, 0, 3)).isEqualTo(88);
        assertThat(read.images().get(1).value(0, 7, 7)).isEqualTo(63);
        assertThat(read.images().get(2)).isEqualTo(read.images().get(0));
    }

    @Test
    void meanAndDeviationAreThoseOfTheTrainingPixelsChannelByChannel() throws IOException {
        // of 2 x 8 x 8 x 3 training pixels red is always 51, green half 0 and half 255, blue a quarter 204 and the rest
        // 0
        byte[] pixels = new byte[2 * 64 * 3];
        for (int i = 0; i < 128; i++) {
            pixels[3 * i] = 51;
            pixels[3 * i + 1] = (byte) (i % 2 == 0 ? 0 : 255);
            pixels[3 * i + 2] = (byte) (i % 4 == 0 ? 204 : 0);
        }
        NpzBytes npz = new NpzBytes()
                .array("train_images", "|u1", "(2, 8, 8, 3)", pixels)
                .labels("train", 2)
                // other pixels, which do not count
                .array("val_images", "|u1", "(2, 8, 8, 3)", new byte[pixels.length])
                .labels("val", 2)
                .array("test_images", "|u1", "(2, 8, 8, 3)", new byte[pixels.length])
                .labels("test", 2);

        DatasetManifest manifest = imported(npz);

        assertThat(manifest.channelMeans()).containsExactly(0.2, 0.5, 0.2);
        // red does not vary: one grey level; blue: 0.8 * sqrt(1/4 * 3/4) = 0.346410...
        assertThat(manifest.channelDeviations().get(0)).isCloseTo(1.0 / 255, within(1e-12));
        assertThat(manifest.channelDeviations().get(1)).isCloseTo(0.5, within(1e-12));
        assertThat(manifest.channelDeviations().get(2)).isCloseTo(0.3464101615, within(1e-9));
    }

    @Test
    void imagesAreWrittenInBlocksOf512() throws IOException {
        DatasetManifest manifest =
                imported(NpzBytes.small().images("train", 1100, 8, 8).labels("train", 1100));

        assertThat(manifest.split("train").blocks())
                .extracting(DatasetManifest.Block::count)
                .containsExactly(512, 512, 76);
        // a block is its images, then its labels: 512 * (64 + 1)
        assertThat(manifest.split("train").blocks().get(0).object().sizeBytes()).isEqualTo(33280);
        DatasetRef ref = datasets.find("tiny").orElseThrow();
        LabelledImages read = reader.read(ref, "train", new int[] {511, 512, 1023, 1024, 1099});
        assertThat(read.labels()).containsExactly(1, 0, 1, 0, 1);
        // pixel 0 of image n is 31 n mod 256
        assertThat(read.images()).extracting(image -> image.value(0, 0, 0)).containsExactly(225, 0, 225, 0, 21);
        assertThat(reader.readAll(ref, "train").labels()).hasSize(1100);
    }

    @Test
    void blocksOfLargeImagesHoldFewer() throws IOException {
        DatasetManifest manifest = imported(new NpzBytes()
                .images("train", 20, 1024, 1024)
                .labels("train", 20)
                .images("val", 2, 1024, 1024)
                .labels("val", 2)
                .images("test", 2, 1024, 1024)
                .labels("test", 2));

        assertThat(manifest.split("train").blocks())
                .extracting(DatasetManifest.Block::count)
                .containsExactly(15, 5);
    }

    @Test
    void colourImagesBecomePlanes() throws IOException {
        byte[] pixels = new byte[2 * 8 * 8 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 3 * 100);
        }
        NpzBytes npz = NpzBytes.small();
        for (String split : List.of("train", "val", "test")) {
            npz.array(split + "_images", "|u1", "(2, 8, 8, 3)", pixels).labels(split, 2);
        }

        DatasetManifest manifest = imported(npz);

        assertThat(manifest.channels()).isEqualTo(3);
        ByteImage image = reader.read(datasets.find("tiny").orElseThrow(), "val", new int[] {1})
                .images()
                .get(0);
        assertThat(List.of(image.value(0, 7, 7), image.value(1, 0, 5), image.value(2, 3, 3)))
                .containsExactly(0, 100, 200);
    }

    @Test
    void aChannelAxisOfOneAndFlatLabelsOfEightBytesAreRead() throws IOException {
        byte[] labels = new byte[12 * 8];
        labels[8] = 1;
        NpzBytes npz = NpzBytes.small()
                .array("train_images", "|u1", "(12, 8, 8, 1)", new byte[12 * 64])
                .array("train_labels", "<i8", "(12,)", labels);

        assertThat(imported(npz).split("train").classCounts()).containsExactly(11, 1);
    }

    @Test
    void formats2And3AndStoredZipsAreRead() throws IOException {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 8, 8), }";
        for (int version : new int[] {2, 3}) {
            NpzBytes npz = NpzBytes.small().header("val_images", header, version, new byte[256]);
            Path file = Files.write(folder.resolve("v" + version + ".npz"), npz.stored());

            DatasetManifest manifest = new DatasetImporter(store)
                    .importFrom("v" + version, NpzDataset.of(file), DatasetDescription.of("", ""));

            assertThat(manifest.split("val").count()).isEqualTo(4);
        }
    }

    @Test
    void shiftSetsBecomeSplitsOfTheirOwn() throws IOException {
        Path main = file("main.npz", NpzBytes.small());
        Path shift = file("shift.npz", new NpzBytes().images("test", 3, 8, 8).labels("test", 3));

        DatasetManifest manifest = new DatasetImporter(store)
                .importFrom(
                        "tiny",
                        NpzDataset.of(main, Map.of("other-hospital", shift)),
                        DatasetDescription.of("p", "l").withClasses(List.of("benign", "malignant")));

        assertThat(manifest.splits()).containsOnlyKeys("train", "val", "test", "shift-other-hospital");
        assertThat(manifest.split("shift-other-hospital").classCounts()).containsExactly(2, 1);
        assertThat(manifest.classes()).containsExactly("benign", "malignant");
        assertThat(manifest.sourceSha256().get("shift-other-hospital"))
                .isEqualTo(Sha256.hex(Files.readAllBytes(shift)));
        assertThat(manifest.sourceSha256().get("val")).isEqualTo(Sha256.hex(Files.readAllBytes(main)));
        assertThat(datasets.list()).containsExactly(manifest);
    }

    @Test
    void importingTheSameAgainChangesNothing() throws IOException {
        Path file = file("main.npz", NpzBytes.small());
        DatasetManifest first = importedAt("2026-01-01T00:00:00Z", file);
        List<String> keys = store.list("");
        DatasetRef ref = datasets.find("tiny").orElseThrow();

        DatasetManifest second = importedAt("2026-02-02T00:00:00Z", file);

        assertThat(second).isEqualTo(first);
        assertThat(store.list("")).isEqualTo(keys);
        assertThat(datasets.find("tiny")).hasValue(ref);
    }

    @Test
    void anotherContentUnderTheNameReplacesItAndThePinnedOneStaysReadable() throws IOException {
        imported(NpzBytes.small());
        DatasetRef before = datasets.find("tiny").orElseThrow();

        imported(NpzBytes.small().images("train", 20, 8, 8).labels("train", 20));
        DatasetRef after = datasets.find("tiny").orElseThrow();

        assertThat(after).isNotEqualTo(before);
        assertThat(reader.readAll(before, "train").labels()).hasSize(12);
        assertThat(reader.readAll(after, "train").labels()).hasSize(20);
        assertThat(datasets.list()).hasSize(1);
    }

    @Test
    void anImportThatTheStoreStopsLeavesNoDataSet() throws IOException {
        Path file = file("main.npz", NpzBytes.small());
        // a claim, three blocks, and the manifest twice
        for (int writes = 0; writes < 6; writes++) {
            StoppingStore stopping = new StoppingStore(writes);

            assertThatThrownBy(() -> new DatasetImporter(stopping)
                            .importFrom("tiny", NpzDataset.of(file), DatasetDescription.of("p", "l")))
                    .isInstanceOf(ArtifactStoreUnavailableException.class);

            assertThat(new Datasets(stopping).list()).isEmpty();
            assertThat(new Datasets(stopping).find("tiny")).isEmpty();
        }
        assertThat(new DatasetImporter(new StoppingStore(6))
                        .importFrom("tiny", NpzDataset.of(file), DatasetDescription.of("p", "l")))
                .isNotNull();
    }

    @Test
    void filesThatAreNoDataSetAreRefusedWithTheReasonAndLeaveNothing() throws IOException {
        Map<String, NpzBytes> bad = new LinkedHashMap<>();
        bad.put("train_labels is missing; the file holds", NpzBytes.small().without("train_labels"));
        bad.put("val_images is missing", NpzBytes.small().without("val_images"));
        bad.put(
                "train_images holds pickled Python objects",
                NpzBytes.small().array("train_images", "|O", "(12, 8, 8)", new byte[100]));
        bad.put(
                "train_images is in Fortran order",
                NpzBytes.small()
                        .header(
                                "train_images",
                                "{'descr': '|u1', 'fortran_order': True, 'shape': (12, 8, 8), }",
                                1,
                                new byte[768]));
        bad.put(
                "train_images must be of dtype |u1 (uint8), was <f4",
                NpzBytes.small().array("train_images", "<f4", "(12, 8, 8)", new byte[3072]));
        bad.put(
                "train_labels must be of a whole-number dtype",
                NpzBytes.small().array("train_labels", "<f8", "(12,)", new byte[96]));
        bad.put(
                "train_images has no plain dtype",
                NpzBytes.small()
                        .header(
                                "train_images",
                                "{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (768,), }",
                                1,
                                new byte[768]));
        bad.put(
                "must be of shape N x H x W, N x H x W x 1 or N x H x W x 3, was (12, 64)",
                NpzBytes.small().array("train_images", "|u1", "(12, 64)", new byte[768]));
        bad.put("was (12, 8, 8, 2)", NpzBytes.small().array("train_images", "|u1", "(12, 8, 8, 2)", new byte[1536]));
        bad.put(
                "bad.npz: train_labels is multi-label: it holds 2 values an image",
                NpzBytes.small().array("train_labels", "|u1", "(12, 2)", new byte[24]));
        bad.put(
                "must hold one label an image: 12 images, 11 labels",
                NpzBytes.small().labels("train", 11));
        bad.put(
                "val_images must hold 1 to 10000000 images, holds 0",
                NpzBytes.small().images("val", 0, 8, 8).labels("val", 0));
        bad.put(
                "images of split test must be 1 x 8 x 8 (channels x height x width) as those of train, were 1 x 9 x 8",
                NpzBytes.small().images("test", 6, 9, 8));
        bad.put(
                "must have sides of 8 to 1024 pixels, was (12, 7, 8)",
                NpzBytes.small().images("train", 12, 7, 8));
        bad.put("was (12, 8, 1025)", NpzBytes.small().images("train", 12, 8, 1025));
        bad.put(
                "train_labels must hold at least 2 classes",
                NpzBytes.small().array("train_labels", "|u1", "(12,)", new byte[12]));
        bad.put(
                "must hold every class from 0 to 2, class 1 has no image",
                NpzBytes.small()
                        .array("train_labels", "|u1", "(12,)", new byte[] {0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2}));
        bad.put(
                "labels of split val must be in [0, 1], the classes of train, found 2",
                NpzBytes.small().array("val_labels", "|u1", "(4,)", new byte[] {0, 1, 2, 0}));
        bad.put("label 1 was -1", NpzBytes.small().array("val_labels", "|i1", "(4,)", new byte[] {0, -1, 1, 0}));
        bad.put(
                "declares the shape (10000000, 1024, 1024), more than 16 GiB",
                NpzBytes.small().array("train_images", "|u1", "(10000000, 1024, 1024)", new byte[10]));
        bad.put(
                "must be 1994 bytes, is 330",
                NpzBytes.small()
                        .array("val_images", "|u1", "(30, 8, 8)", new byte[256])
                        .labels("val", 30));
        bad.put("val_images is not a .npy array", NpzBytes.small().raw("val_images", new byte[300]));
        bad.put(".npy format must be 1, 2 or 3, was 9", NpzBytes.small().header("val_images", "{}", 9, new byte[9]));
        bad.put("has the unreadable shape", NpzBytes.small().array("val_images", "|u1", "(4,,8)", new byte[9]));

        for (Map.Entry<String, NpzBytes> each : bad.entrySet()) {
            Path file = file("bad.npz", each.getValue());
            assertThatThrownBy(() -> new DatasetImporter(store)
                            .importFrom("tiny", NpzDataset.of(file), DatasetDescription.of("p", "l")))
                    .isInstanceOf(InvalidDatasetException.class)
                    .hasMessageContaining(each.getKey());
            assertThat(store.list("")).as(each.getKey()).isEmpty();
        }
    }

    @Test
    void whatIsKnownOfAPublicSetIsTakenByItsNameOrTheFilesUnlessSomethingElseIsSaid() throws IOException {
        NpzSource upload = new NpzSource(file("upload-1", NpzBytes.small()), "BreastMNIST_28.npz");
        DatasetImporter importer = new DatasetImporter(store);

        DatasetManifest byFile = importer.importFrom("ours", NpzDataset.of(upload), DatasetDescription.of("p", "l"));
        assertThat(byFile.modality()).isEqualTo("ultrasound");
        assertThat(byFile.healthyClass()).isEqualTo(1);

        DatasetManifest byName =
                importer.importFrom("pneumoniamnist-28", NpzDataset.of(upload), DatasetDescription.of("p", "l"));
        assertThat(byName.modality()).as("the data set's name goes first").isEqualTo("chest-xray");
        assertThat(byName.healthyClass()).isZero();

        DatasetManifest said = importer.importFrom(
                "breastmnist",
                NpzDataset.of(upload),
                DatasetDescription.of("p", "l").withModality("other").withHealthyClass("0"));
        assertThat(said.modality()).isEqualTo("other");
        assertThat(said.healthyClass()).isZero();

        assertThat(imported(NpzBytes.small()).healthyClass())
                .as("nothing is known of tiny")
                .isNull();
    }

    @Test
    void aSetOfThreeClassesIsNoPublicOneOfTwoWhateverItIsCalled() throws IOException {
        NpzSource three =
                NpzSource.of(file("breastmnist.npz", NpzBytes.small().array("train_labels", "|u1", "(12,)", new byte[] {
                    0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2
                })));

        DatasetManifest manifest = new DatasetImporter(store)
                .importFrom("breastmnist", NpzDataset.of(three), DatasetDescription.of("p", "l"));

        assertThat(manifest.healthyClass()).isNull();
        assertThat(manifest.modality()).isNull();
    }

    @Test
    void twoClassesOfOneNameOrAClassWithoutANameAreRefused() throws IOException {
        Path file = file("tiny.npz", NpzBytes.small());
        DatasetImporter importer = new DatasetImporter(store);

        assertThatThrownBy(() -> importer.importFrom(
                        "tiny",
                        NpzDataset.of(file),
                        DatasetDescription.of("p", "l").withClasses(List.of("ill", "ill"))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("classes must be a different name for each class; labels 0 and 1 are both named ill, was"
                        + " [ill, ill]");
        assertThatThrownBy(() -> importer.importFrom(
                        "tiny",
                        NpzDataset.of(file),
                        DatasetDescription.of("p", "l").withClasses(List.of("ill", " "))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("that of label 1 is blank");
        assertThat(store.list("")).isEmpty();
    }

    /** Tables, messages and every list of data sets repeat them. */
    @Test
    void textsThatAreTooLongOrHoldControlCharactersAreRefused() {
        DatasetDescription plain = DatasetDescription.of("p".repeat(4000), "l\n\tl");

        assertThatThrownBy(() -> DatasetDescription.of("p".repeat(4001), "l"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("provenance (characters) must be in [0, 4000], was 4001");
        assertThatThrownBy(() -> DatasetDescription.of("p", "l\u001b[2J"))
                .hasMessageStartingWith("licence must be without control characters other than line ends and tabs");
        assertThat(plain.withClasses(List.of("x".repeat(100))).classes()).hasSize(1);
        assertThatThrownBy(() -> plain.withClasses(List.of("x".repeat(101))))
                .hasMessage("classes (characters) must be in [0, 100], was 101");
        assertThatThrownBy(() -> plain.withClasses(List.of("a\nb")))
                .hasMessageStartingWith("classes must be without control characters, on one line");
    }

    @Test
    void anUploadIsCalledByTheNameThatItsOwnerKnows() throws IOException {
        NpzSource deep = new NpzSource(
                file("upload-1", NpzBytes.small().array("train_images", "<u2", "(12, 8, 8)", new byte[1536])),
                "deep.npz");

        assertThatThrownBy(() -> new DatasetImporter(store)
                        .importFrom("tiny", NpzDataset.of(deep), DatasetDescription.of("p", "l")))
                .hasMessage(
                        "deep.npz: train_images must be of dtype |u1 (uint8), was <u2; scale its values to 0 to 255 and"
                                + " save them as uint8");
    }

    @Test
    void labelsOfEveryWholeNumberDtypeAndOfBoolAreRead() throws IOException {
        Map<String, byte[]> oneZeroOneOne = Map.of(
                "|u1", new byte[] {1, 0, 1, 1},
                "|i1", new byte[] {1, 0, 1, 1},
                "|b1", new byte[] {1, 0, 1, 1},
                "<u2", new byte[] {1, 0, 0, 0, 1, 0, 1, 0},
                ">i2", new byte[] {0, 1, 0, 0, 0, 1, 0, 1},
                ">i4", new byte[] {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1},
                "<u8", littleEndianLongs(1, 0, 1, 1),
                "<i8", littleEndianLongs(1, 0, 1, 1));
        for (Map.Entry<String, byte[]> each : oneZeroOneOne.entrySet()) {
            DatasetManifest manifest =
                    imported(NpzBytes.small().array("val_labels", each.getKey(), "(4,)", each.getValue()));

            assertThat(manifest.split("val").classCounts()).as(each.getKey()).containsExactly(1, 3);
        }
    }

    @Test
    void anUnsignedLabelBeyondTheSignedRangeIsShownAsItIs() throws IOException {
        Path file =
                file("bad.npz", NpzBytes.small().array("val_labels", "<u8", "(4,)", littleEndianLongs(0, 1, 0, -1)));

        assertThatThrownBy(() -> new DatasetImporter(store)
                        .importFrom("tiny", NpzDataset.of(file), DatasetDescription.of("p", "l")))
                .hasMessageContaining("label 3 was 18446744073709551615");
    }

    private static byte[] littleEndianLongs(long... values) {
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocate(8 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    @Test
    void numbersOfPythonTwoAndOneDimensionInFortranOrderAreRead() throws IOException {
        DatasetManifest manifest = imported(NpzBytes.small()
                .array("train_images", "|u1", "(12L, 8L, 8L)", new byte[768])
                .header("val_labels", "{'descr': '|u1', 'fortran_order': True, 'shape': (4,), }", 1, new byte[] {
                    1, 0, 1, 1
                })
                .header("test_labels", "{'descr': '|u1', 'fortran_order': True, 'shape': (6, 1), }", 1, new byte[] {
                    0, 0, 0, 0, 0, 1
                }));

        assertThat(manifest.split("train").count()).isEqualTo(12);
        assertThat(manifest.split("val").classCounts()).containsExactly(1, 3);
        assertThat(manifest.split("test").classCounts()).containsExactly(5, 1);
    }

    @Test
    void filesThatAreNotZipsAreRefused() throws IOException {
        byte[] whole = NpzBytes.small().deflated();
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);
        Map<String, byte[]> bad = Map.of("text.npz", "not a zip".getBytes(), "empty.npz", new byte[0], "cut.npz", cut);

        for (Map.Entry<String, byte[]> each : bad.entrySet()) {
            Path file = Files.write(folder.resolve(each.getKey()), each.getValue());
            assertThatThrownBy(() -> new DatasetImporter(store)
                            .importFrom("tiny", NpzDataset.of(file), DatasetDescription.of("p", "l")))
                    .isInstanceOf(InvalidDatasetException.class)
                    .hasMessageContaining(each.getKey() + " is not a complete .npz (zip) file");
        }
        assertThatThrownBy(() -> new DatasetImporter(store)
                        .importFrom("tiny", NpzDataset.of(folder.resolve("none")), DatasetDescription.of("p", "l")))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("none is not a file that can be read");
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void aShiftSetThatDoesNotFitIsRefused() throws IOException {
        Path main = file("main.npz", NpzBytes.small());
        Map<String, NpzBytes> bad = Map.of(
                "images of split shift-x must be 1 x 8 x 8",
                new NpzBytes().images("test", 3, 9, 9).labels("test", 3),
                "labels of split shift-x must be in [0, 1], the classes of train, found 5",
                new NpzBytes().images("test", 3, 8, 8).array("test_labels", "|u1", "(3,)", new byte[] {0, 1, 5}),
                "test_images is missing",
                new NpzBytes().images("train", 3, 8, 8).labels("train", 3));

        for (Map.Entry<String, NpzBytes> each : bad.entrySet()) {
            Path shift = file("shift.npz", each.getValue());
            assertThatThrownBy(() -> new DatasetImporter(store)
                            .importFrom(
                                    "tiny", NpzDataset.of(main, Map.of("x", shift)), DatasetDescription.of("p", "l")))
                    .isInstanceOf(InvalidDatasetException.class)
                    .hasMessageContaining(each.getKey());
        }
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void theHealthyClassIsFoundByItsNameOrItsLabel() throws IOException {
        Path main = file("main.npz", NpzBytes.small());

        assertThat(meant(main, List.of("malignant", "benign"), "ultrasound", "benign"))
                .satisfies(manifest -> {
                    assertThat(manifest.modality()).isEqualTo("ultrasound");
                    assertThat(manifest.healthyClass()).isEqualTo(1);
                    assertThat(datasets.list()).containsExactly(manifest);
                });
        assertThat(meant(main, List.of("malignant", "benign"), "other", "1").healthyClass())
                .isEqualTo(1);
        assertThat(meant(main, List.of(), null, "0").healthyClass()).isZero();
        assertThat(meant(main, List.of("1", "0"), null, "1").healthyClass())
                .as("names go before labels")
                .isZero();
        assertThat(meant(main, List.of(), null, null).healthyClass()).isNull();
    }

    @Test
    void anotherMeaningIsAnotherImportAndTheSameIsNot() throws IOException {
        Path main = file("main.npz", NpzBytes.small());
        DatasetManifest first = meant(main, List.of(), "ultrasound", "1");
        List<String> keys = store.list("");

        assertThat(meant(main, List.of(), "ultrasound", "1")).isEqualTo(first);
        assertThat(store.list("")).isEqualTo(keys);
        assertThat(meant(main, List.of(), "ultrasound", "0")).isNotEqualTo(first);
        assertThat(store.list("")).hasSize(keys.size() + 1);
    }

    @Test
    void anUnknownModalityOrClassIsRefusedAndNothingIsImported() throws IOException {
        Path main = file("main.npz", NpzBytes.small());

        assertThatThrownBy(() -> meant(main, List.of(), "mri", null))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("modality must be one of [ultrasound, chest-xray, mammogram, other], was mri");
        assertThatThrownBy(() -> meant(main, List.of("malignant", "benign"), null, "normal"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("healthy must be one of [malignant, benign], or a label of [0, 1], was normal");
        assertThatThrownBy(() -> meant(main, List.of(), null, "2")).hasMessage("healthy must be one of [0, 1], was 2");
        assertThat(store.list("")).isEmpty();
    }

    private DatasetManifest meant(Path file, List<String> classes, String modality, String healthy) {
        return new DatasetImporter(store)
                .importFrom(
                        "tiny",
                        NpzDataset.of(file),
                        DatasetDescription.of("p", "l")
                                .withClasses(classes)
                                .withModality(modality)
                                .withHealthyClass(healthy));
    }

    @Test
    void namesAreChecked() throws IOException {
        Path main = file("main.npz", NpzBytes.small());
        DatasetImporter importer = new DatasetImporter(store);

        assertThatThrownBy(() -> importer.importFrom("Über", NpzDataset.of(main), DatasetDescription.of("p", "l")))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("dataset");
        assertThatThrownBy(() -> importer.importFrom(
                        "tiny", NpzDataset.of(main, Map.of("../x", main)), DatasetDescription.of("p", "l")))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("shift");
        assertThatThrownBy(() -> importer.importFrom(
                        "tiny",
                        NpzDataset.of(main),
                        DatasetDescription.of("p", "l").withClasses(List.of("one"))))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("one name a class, got [one] for 2 classes");
    }

    @Test
    void whatTheWriterWritesTheImporterReads() throws IOException {
        List<ByteImage> images = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            byte[] data = new byte[3 * 8 * 9];
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) (n * 50 + i);
            }
            images.add(new ByteImage(3, 8, 9, data));
        }
        LabelledImages split = new LabelledImages(images, new int[] {0, 1, 1, 0});
        Path file = folder.resolve("written.npz");
        Path again = folder.resolve("again.npz");
        Map<String, LabelledImages> splits = new LinkedHashMap<>();
        List.of("train", "val", "test").forEach(key -> splits.put(key, split));

        NpzWriter.write(file, splits);
        NpzWriter.write(again, splits);
        new DatasetImporter(store).importFrom("tiny", NpzDataset.of(file), DatasetDescription.of("p", "l"));

        assertThat(again).hasSameBinaryContentAs(file);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
        assertThat(reader.readAll(datasets.find("tiny").orElseThrow(), "test")).isEqualTo(split);
    }

    private DatasetManifest imported(NpzBytes npz) throws IOException {
        return new DatasetImporter(store)
                .importFrom(
                        "tiny", NpzDataset.of(file("data.npz", npz)), DatasetDescription.of("provenance", "licence"));
    }

    private DatasetManifest importedAt(String time, Path file) {
        Clock clock = Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
        return new DatasetImporter(store, clock)
                .importFrom("tiny", NpzDataset.of(file), DatasetDescription.of("p", "l"));
    }

    private Path file(String name, NpzBytes npz) throws IOException {
        return Files.write(folder.resolve(name), npz.deflated());
    }
}
