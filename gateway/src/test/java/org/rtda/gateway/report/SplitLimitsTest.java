package org.rtda.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;

class SplitLimitsTest {

    @Test
    void withoutPatientsNothingIsKnownOfThem() {
        assertThat(SplitLimits.of(null)).singleElement().asString().contains("the system does not know patients");
        assertThat(SplitLimits.of(manifest(null, 0, 0))).isEqualTo(SplitLimits.of(null));
        assertThat(SplitLimits.of(manifest(new Preparation.Splitting("image", null, null, 0, 0), 0, 0)))
                .isEqualTo(SplitLimits.of(null));
    }

    @Test
    void patientsInTwoSplitsAreSaidWithTheirNumber() {
        assertThat(SplitLimits.of(manifest(new Preparation.Splitting("given", null, null, 80, 12), 0, 0)))
                .singleElement()
                .asString()
                .startsWith("12 of 80 patients have images in more than one split, which the import allowed");
    }

    @Test
    void aDivisionByPatientIsSaid() {
        assertThat(SplitLimits.of(manifest(new Preparation.Splitting("patient", null, null, 80, 0), 0, 0)))
                .singleElement()
                .asString()
                .startsWith("No patient is known to have images in two of train, val and test (80 patients).");
    }

    @Test
    void patientsOfAnExternalTestSetWhoAreInTheOtherSplitsAreSaid() {
        Preparation.Splitting splitting =
                new Preparation.Splitting("patient", null, null, 80, 0).withSharedWithShifts(Map.of("elsewhere", 2));

        assertThat(SplitLimits.of(manifest(splitting, 0, 0)))
                .last()
                .isEqualTo(
                        "2 patients of the external test set elsewhere have images in the other splits, too: on these it"
                                + " does not test new patients.");
    }

    @Test
    void copiesInTwoSplitsAreSaid() {
        assertThat(SplitLimits.of(manifest(null, 96, 0)))
                .last()
                .isEqualTo("96 images are copies, or near copies, of images in another split.");
        assertThat(SplitLimits.of(manifest(null, 3, 1)))
                .last()
                .isEqualTo(
                        "3 images are copies, or near copies, of images in another split, 1 of them under another label.");
    }

    private static DatasetManifest manifest(Preparation.Splitting splitting, int across, int conflicting) {
        Preparation preparation = new Preparation(
                "rtda test", "folder", null, splitting, new Preparation.Findings(0, across, 0, across, conflicting, 0));
        return DatasetManifest.builder()
                .name("set")
                .channels(1)
                .height(8)
                .width(8)
                .classes(List.of("a", "b"))
                .splits(Map.of())
                .sourceSha256(Map.of())
                .provenance("")
                .licence("")
                .build()
                .withImages(new PreparedImages(1, preparation, Map.of()), null);
    }
}
