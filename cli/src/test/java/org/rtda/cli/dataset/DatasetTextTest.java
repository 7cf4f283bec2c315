package org.rtda.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.cli.rest.DatasetVersionEntry;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;

class DatasetTextTest {

    @Test
    void patientsInSeveralSplitsAreSaidWithThoseOfExternalTestSets() {
        Preparation.Splitting divided = new Preparation.Splitting("patient", null, null, 80, 0);

        assertThat(text(divided)).contains("patients: 80, none in two of train, val and test\n");
        assertThat(text(divided.withSharedWithShifts(Map.of("other", 3))))
                .contains(
                        "patients: 80, none in two of train, val and test; 3 of the external test set other with images in"
                                + " the other splits, too\n");
        assertThat(text(new Preparation.Splitting("given", null, null, 80, 12)))
                .contains("patients: 80, 12 with images in more than one of train, val and test\n");
    }

    private static String text(Preparation.Splitting splitting) {
        Preparation preparation =
                new Preparation("rtda test", "folder", null, splitting, new Preparation.Findings(0, 0, 0, 0, 0, 0));
        DatasetManifest manifest = DatasetManifest.builder()
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
        return new DatasetText(List.of(new DatasetVersionEntry("ab".repeat(32), true, List.of(), manifest))).text();
    }
}
