package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.store.npz.NpzBytes;
import org.rtda.store.npz.NpzDataset;

/** What is known of images beside their pixels, on its way into the store and out of it. */
class PreparedImagesImportTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final DatasetReader reader = new DatasetReader(store, 1 << 20);

    @TempDir
    Path folder;

    /** 65 training images, image i of site {@code i % sites}. */
    private static PreparedImages ofSites(int sites) {
        return ofSites(sites, "site ");
    }

    private static PreparedImages ofSites(int sites, String name) {
        List<ImageRecord> records = IntStream.range(0, 65)
                .mapToObj(i -> new ImageRecord(
                        "ab", null, null, new ImageRecord.Subgroups(name + i % sites, null, null, null, null, null)))
                .toList();
        return new PreparedImages(
                1,
                new Preparation("rtda test", "table", null, null, new Preparation.Findings(0, 0, 0, 0, 0, 0)),
                Map.of("train", records));
    }

    private void importWith(PreparedImages prepared) throws IOException {
        byte[] npz =
                NpzBytes.small().images("train", 65, 8, 8).labels("train", 65).deflated();
        new DatasetImporter(store)
                .importFrom(
                        "busi",
                        NpzDataset.of(Files.write(folder.resolve("a.npz"), npz)),
                        DatasetDescription.of("p", "l").withPrepared(prepared));
    }

    @Test
    void whatIsKnownOfTheImagesReadsBack() throws IOException {
        PreparedImages prepared = ofSites(64);

        importWith(prepared);

        assertThat(reader.images(new Datasets(store).find("busi").orElseThrow()))
                .hasValue(prepared);
    }

    @Test
    void ofArraysNothingIsKnown() throws IOException {
        importWith(null);

        assertThat(reader.images(new Datasets(store).find("busi").orElseThrow()))
                .isEmpty();
    }

    @Test
    void moreThan64ValuesOfAnAttributeAreRefusedAndNothingIsImported() {
        assertThatThrownBy(() -> importWith(ofSites(65)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("prepared.splits.subgroups.site (how many values) must be in [1, 64], was 65");
        assertThat(new Datasets(store).find("busi")).isEmpty();
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void aValueIsALineOfAtMost160Characters() {
        assertThatCode(() -> importWith(ofSites(1, "s".repeat(159)))).doesNotThrowAnyException();
        assertThatThrownBy(() -> importWith(ofSites(1, "s".repeat(160))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("prepared.splits.subgroups.site (characters) must be in [0, 160], was 161");
        assertThatThrownBy(() -> importWith(ofSites(1, "two\nlines ")))
                .hasMessageStartingWith(
                        "prepared.splits.subgroups.site must be without control characters, on one line");
    }
}
