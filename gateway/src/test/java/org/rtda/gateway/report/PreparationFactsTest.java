package org.rtda.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.gateway.view.ViewEvents;

class PreparationFactsTest {
    private static final Preparation.Findings NOTHING_FOUND = new Preparation.Findings(0, 0, 0, 0, 0, 0);

    private static DatasetManifest manifest(Preparation preparation, Map<String, Map<String, Integer>> subgroups) {
        return new DatasetManifest(
                1,
                "busi",
                1,
                8,
                8,
                List.of("a", "b"),
                Map.of(),
                Map.of(),
                null,
                null,
                ViewEvents.TIME,
                null,
                null,
                null,
                null,
                preparation,
                null,
                subgroups);
    }

    private static DatasetManifest dividedAs(Preparation.Splitting splitting) {
        return manifest(new Preparation("rtda 0.1.0", "table", null, splitting, NOTHING_FOUND), null);
    }

    @Test
    void ofArraysNothingIsKnown() {
        DatasetManifest arrays = manifest(null, null);

        assertThat(PreparationFacts.pixels(arrays)).isEmpty();
        assertThat(PreparationFacts.assignment(arrays)).isEmpty();
        assertThat(PreparationFacts.patientsApart(arrays)).isEmpty();
        assertThat(PreparationFacts.characteristics(arrays)).isEmpty();
        assertThat(PreparationFacts.sites(arrays)).isEmpty();
        assertThat(PreparationFacts.scanners(arrays)).isEmpty();
    }

    @Test
    void filesBecamePixelsAsTheImportSays() {
        Preparation preparation = new Preparation(
                "rtda 0.1.0",
                "folder",
                new Preparation.Pixels(64, 1, "pad", "antialiased-bilinear", "40/400")
                        .withFrame(2)
                        .withBitDepths(Map.of("16", 90, "8", 3)),
                null,
                NOTHING_FOUND);

        assertThat(PreparationFacts.pixels(manifest(preparation, null)))
                .hasValue(
                        "prepared by rtda 0.1.0 from folder: squares of 64 pixels, pad, antialiased-bilinear, window 40/400,"
                                + " frame 2, 90 images of 16 bits, 3 images of 8 bits");
    }

    @Test
    void splitsWereGivenOrDrawn() {
        assertThat(PreparationFacts.assignment(dividedAs(new Preparation.Splitting("given", null, null, 80, 0))))
                .hasValue("given with the images");
        assertThat(PreparationFacts.assignment(
                        dividedAs(new Preparation.Splitting("patient", List.of(70, 10, 20), 1L, 80, 0))))
                .hasValue("drawn by patient, 70,10,20 percent, seed 1");
        assertThat(PreparationFacts.assignment(
                        dividedAs(new Preparation.Splitting("given", List.of(70, 10, 20), 1L, 80, 0))))
                .hasValue("train and test given, val drawn from train, 70,10,20 percent, seed 1");
    }

    @Test
    void patientsAreInOnePartitionOrTheirNumberIsSaid() {
        assertThat(PreparationFacts.patientsApart(dividedAs(new Preparation.Splitting("given", null, null, 80, 0))))
                .hasValue("yes, as far as patients are known: 80 patients");
        assertThat(PreparationFacts.patientsApart(dividedAs(new Preparation.Splitting("given", null, null, 80, 12))))
                .hasValue("no: 12 of 80 patients have images in more than one");
        assertThat(PreparationFacts.patientsApart(dividedAs(new Preparation.Splitting("image", null, null, 0, 0))))
                .isEmpty();
    }

    @Test
    void peopleSitesAndScannersAreCountedInImages() {
        Map<String, Map<String, Integer>> subgroups = new TreeMap<>();
        subgroups.put("sex", new TreeMap<>(Map.of("F", 12, "M", 4)));
        subgroups.put("ageBand", Map.of("40-59", 16));
        subgroups.put("site", Map.of("north", 16));
        DatasetManifest data = manifest(null, subgroups);

        assertThat(PreparationFacts.characteristics(data))
                .hasValue("sex: F 12, M 4; age: 40-59 16 (images, over all partitions)");
        assertThat(PreparationFacts.sites(data))
                .hasValue("site: north 16 (images, over all partitions); countries are unknown");
        assertThat(PreparationFacts.scanners(data)).isEmpty();
    }
}
