package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.core.StratifiedDraw;
import org.rtda.store.npz.NpzDataset;

/** Real image sets, with the counts that their description gives. Their folder is named by RTDA_DATA_DIR. */
class RealDatasetsTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    @Test
    void chestXraysOf28PixelsAreImportedWithTwoShiftSets() {
        DatasetManifest manifest =
                imported("pneumoniamnist_28", Map.of("covid", "cxr_covid_shift_28", "nih", "cxr_nih_shift_28"), 28);

        assertCounts(manifest, "train", 1213, 3469);
        assertCounts(manifest, "val", 135, 389);
        assertCounts(manifest, "test", 234, 387);
        assertCounts(manifest, "shift-covid", 300, 300);
        assertCounts(manifest, "shift-nih", 499, 500);
        assertThat(manifest.split("train").blocks()).hasSize(10);
        assertThat(manifest.sourceSha256().get("train"))
                .isEqualTo("4f1a6d404922d0664b104370fd4f2ab696289974da83609d77a77e3308ba5699");
    }

    @Test
    void ultrasoundOf64PixelsIsImportedWithItsShiftSet() {
        DatasetManifest manifest = imported("busi_64", Map.of("busbra", "busbra_shift_64"), 64);

        assertCounts(manifest, "train", 258, 137);
        assertCounts(manifest, "val", 38, 19);
        assertCounts(manifest, "test", 75, 40);
        assertCounts(manifest, "shift-busbra", 255, 122);
    }

    @Test
    void mammogramsOf128PixelsAreImportedWithTheirShiftSet() {
        DatasetManifest manifest = imported("mammo_cbis_sub_128", Map.of("mias", "mammo_mias_shift_128"), 128);

        assertCounts(manifest, "train", 200, 200);
        assertCounts(manifest, "val", 83, 76);
        assertCounts(manifest, "test", 229, 145);
        assertCounts(manifest, "shift-mias", 53, 39);
    }

    @Test
    void aDrawFromASetThatIsSortedByClassHasHalfOfEach() {
        String folder = System.getenv("RTDA_DATA_DIR");
        assumeTrue(folder != null, "skipped: RTDA_DATA_DIR does not name the folder of the real image sets");
        new DatasetImporter(store)
                .importFrom(
                        "sorted",
                        NpzDataset.of(Path.of(folder, "cases", "sorted.npz")),
                        DatasetDescription.of("made for tests", "none needed"));
        int[] labels = new DatasetReader(store, 0)
                .labels(new Datasets(store).find("sorted").orElseThrow(), "test");
        assertThat(labels).as("all of class 0 first").hasSize(160).isSorted();

        int[] drawn = StratifiedDraw.of(labels, 80);

        assertThat(Arrays.stream(drawn).filter(i -> labels[i] == 0)).hasSize(40);
        assertThat(Arrays.stream(drawn).filter(i -> labels[i] == 1)).hasSize(40);
    }

    private DatasetManifest imported(String name, Map<String, String> shiftFiles, int side) {
        String folder = System.getenv("RTDA_DATA_DIR");
        assumeTrue(folder != null, "skipped: RTDA_DATA_DIR does not name the folder of the real image sets");
        Map<String, Path> shifts = new java.util.HashMap<>();
        shiftFiles.forEach((label, file) -> shifts.put(label, Path.of(folder, file + ".npz")));
        DatasetManifest manifest = new DatasetImporter(store)
                .importFrom(
                        name,
                        NpzDataset.of(Path.of(folder, name + ".npz"), shifts),
                        DatasetDescription.of("as described beside the files", "see there"));
        assertThat(List.of(manifest.channels(), manifest.height(), manifest.width()))
                .containsExactly(1, side, side);
        return manifest;
    }

    private void assertCounts(DatasetManifest manifest, String split, Integer... perClass) {
        assertThat(manifest.split(split).classCounts()).as(split).containsExactly(perClass);
        DatasetRef ref = new Datasets(store).find(manifest.name()).orElseThrow();
        int[] found = new int[perClass.length];
        for (int label : new DatasetReader(store, 0).readAll(ref, split).labels()) {
            found[label]++;
        }
        assertThat(found)
                .as(split)
                .containsExactly(java.util.Arrays.stream(perClass)
                        .mapToInt(Integer::intValue)
                        .toArray());
    }
}
