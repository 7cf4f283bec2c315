package org.rtda.store.npz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.core.ByteImage;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.OpenDataset;
import org.rtda.store.SplitImages;

class NpzDatasetTest {
    private static final DatasetDescription NOTHING_SAID = DatasetDescription.of("p", "l");

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    @TempDir
    Path folder;

    @Test
    void floatsBecomeGreyLevelsWhereThatIsAskedFor() throws IOException {
        // 0.5 * 255 = 127.5, rounded up; 0.2 * 255 = 51
        NpzDataset data = NpzDataset.of(npz(floats("<f4", 0.5, 0.2, 0, 1))).withScale(true);

        new DatasetImporter(store).importFrom("scaled", data, NOTHING_SAID);

        ByteImage image = new DatasetReader(store, 0)
                .read(new Datasets(store).find("scaled").orElseThrow(), "train", new int[] {0})
                .images()
                .get(0);
        assertThat(List.of(image.value(0, 0, 0), image.value(0, 0, 1), image.value(0, 0, 2), image.value(0, 0, 3)))
                .containsExactly(128, 51, 0, 255);
    }

    @Test
    void floatsOfEightBytesInBigEndianOrderAreTheSameLevels() throws IOException {
        NpzDataset data = NpzDataset.of(npz(floats(">f8", 0.5, 0.2, 0, 1))).withScale(true);

        try (OpenDataset open = data.open();
                SplitImages.Reader images = open.splits().get("train").images()) {
            assertThat(images.next()).startsWith(128, 51, 0, 255);
        }
    }

    @Test
    void floatsAreRefusedWithTheWayToScaleThem() throws IOException {
        NpzDataset data = NpzDataset.of(npz(floats("<f4", 0.5)));

        assertThatThrownBy(data::open)
                .hasMessage(
                        "data.npz: train_images must be of dtype |u1 (uint8), was <f4; where its values lie in [0,1],"
                                + " --scale (the field scale) makes them 0 to 255");
    }

    @Test
    void whatIsNotBetweenZeroAndOneIsNotScaled() throws IOException {
        for (double value : new double[] {1.5, -0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            NpzDataset data = NpzDataset.of(npz(floats("<f8", 0.5, value))).withScale(true);

            assertThatThrownBy(data::open)
                    .hasMessage(
                            "data.npz: train_images must be in [0,1] where it is to be scaled, image 0 holds " + value);
        }
    }

    @Test
    void severalLabelsAnImageAreRefusedAsMultiLabel() throws IOException {
        NpzDataset data =
                NpzDataset.of(npz(NpzBytes.small().array("train_labels", "|u1", "(12, 14)", new byte[12 * 14])));

        assertThatThrownBy(data::open)
                .hasMessageStartingWith("data.npz: train_labels is multi-label: it holds 14 values an image");
    }

    @Test
    void ofSeveralFilesTheMessageNamesTheOneThatIsWrong() throws IOException {
        Path main = npz(NpzBytes.small());
        Path shift = folder.resolve("other-hospital.npz");
        Files.write(
                shift,
                NpzBytes.small().images("test", 6, 9, 9).labels("test", 6).deflated());
        NpzDataset data = NpzDataset.of(main, Map.of("other", shift));

        assertThatThrownBy(() -> new DatasetImporter(store).importFrom("tiny", data, NOTHING_SAID))
                .hasMessage(
                        "other-hospital.npz: images of split shift-other must be 1 x 8 x 8 (channels x height x width)"
                                + " as those of train, were 1 x 9 x 9");
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void imagesThatAreReadOneByOneMakeTheFileThatImagesInMemoryMake() throws IOException {
        Path whole = npz(NpzBytes.small());
        Path written = folder.resolve("written.npz");

        try (OpenDataset open = NpzDataset.of(whole).open()) {
            NpzWriter.writeSplits(written, open.splits());
        }

        try (OpenDataset before = NpzDataset.of(whole).open();
                OpenDataset after = NpzDataset.of(written).open()) {
            assertThat(after.splits()).containsOnlyKeys("train", "val", "test");
            for (String split : before.splits().keySet()) {
                SplitImages wanted = before.splits().get(split);
                SplitImages found = after.splits().get(split);
                assertThat(found.labels()).isEqualTo(wanted.labels());
                try (SplitImages.Reader a = wanted.images();
                        SplitImages.Reader b = found.images()) {
                    for (int i = 0; i < wanted.count(); i++) {
                        assertThat(b.next()).isEqualTo(a.next());
                    }
                }
            }
        }
    }

    @Test
    void whatIsKnownOfEachImageIsKeptBesideTheManifest() throws IOException {
        PreparedImages prepared = prepared(12, 4, 6);

        DatasetManifest manifest = new DatasetImporter(store)
                .importFrom("tiny", NpzDataset.of(npz(NpzBytes.small())), NOTHING_SAID.withPrepared(prepared));

        assertThat(manifest.preparation()).isEqualTo(prepared.preparation());
        assertThat(EventCodec.read(store.get(manifest.images()), PreparedImages.class))
                .isEqualTo(prepared);
        // 22 images, every second one of a woman, of the others nobody knows
        assertThat(manifest.subgroups()).isEqualTo(Map.of("sex", Map.of("F", 11), "site", Map.of("north", 11)));
        // of the sources "s0" to "s3", one a line
        assertThat(manifest.sourceSha256().get("val")).isEqualTo(Sha256.hex("s0\ns1\ns2\ns3".getBytes()));
    }

    @Test
    void theSamePreparedImagesAreTheSameDataSet() throws IOException {
        NpzDataset data = NpzDataset.of(npz(NpzBytes.small()));
        new DatasetImporter(store).importFrom("tiny", data, NOTHING_SAID.withPrepared(prepared(12, 4, 6)));
        String first = new Datasets(store).find("tiny").orElseThrow().manifest().sha256();

        Files.write(folder.resolve("data.npz"), NpzBytes.small().stored());
        new DatasetImporter(store).importFrom("tiny", data, NOTHING_SAID.withPrepared(prepared(12, 4, 6)));

        assertThat(new Datasets(store).find("tiny").orElseThrow().manifest().sha256())
                .as("packed otherwise")
                .isEqualTo(first);
    }

    @Test
    void recordsThatAreNotOneAnImageAreRefused() throws IOException {
        NpzDataset data = NpzDataset.of(npz(NpzBytes.small()));

        assertThatThrownBy(() -> new DatasetImporter(store)
                        .importFrom("tiny", data, NOTHING_SAID.withPrepared(prepared(12, 4, 5))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("prepared.splits (images) must be those of the arrays: {test=6, train=12, val=4}, was"
                        + " {test=5, train=12, val=4}");
        assertThat(store.list("")).isEmpty();
    }

    private static PreparedImages prepared(int train, int val, int test) {
        Map<String, List<ImageRecord>> splits = new LinkedHashMap<>();
        Map.of("train", train, "val", val, "test", test)
                .forEach((split, count) -> splits.put(
                        split,
                        java.util.stream.IntStream.range(0, count)
                                .mapToObj(i -> new ImageRecord(
                                        "s" + i,
                                        "f" + i,
                                        "p" + i,
                                        i % 2 == 0
                                                ? new ImageRecord.Subgroups("north", null, "F", null, null, null)
                                                : null))
                                .toList()));
        return new PreparedImages(
                1,
                new Preparation("rtda test", "folder", null, null, new Preparation.Findings(0, 0, 0, 0, 0, 0)),
                splits);
    }

    private Path npz(NpzBytes npz) throws IOException {
        return Files.write(folder.resolve("data.npz"), npz.deflated());
    }

    /** Training images that begin with these values and go on with zeros. */
    private static NpzBytes floats(String dtype, double... values) {
        int bytes = dtype.endsWith("8") ? 8 : 4;
        ByteBuffer all = ByteBuffer.allocate(12 * 64 * bytes)
                .order(dtype.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (bytes == 8) {
                all.putDouble(value);
            } else {
                all.putFloat((float) value);
            }
        }
        return NpzBytes.small().array("train_images", dtype, "(12, 8, 8)", all.array());
    }
}
