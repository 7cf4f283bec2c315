package org.rtda.cli.dataset;

import java.util.ArrayList;
import java.util.List;
import org.rtda.cli.rest.DatasetMeaning;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.preparation.PreparedDataset;

/** The sentences that describe an import, made or only tried. */
final class ImportTexts {
    private ImportTexts() {}

    /** Images by split and class. */
    static String counts(PreparedDataset prepared) {
        List<String> splits = new ArrayList<>();
        prepared.counts().forEach((split, count) -> splits.add(split + " " + count));
        return String.join(", ", splits);
    }

    /** The importer takes what is known of a public data set; whoever did not say it should see it. */
    static List<String> taken(DatasetManifest manifest, DatasetMeaning said) {
        List<String> lines = new ArrayList<>();
        if (said.modality() == null && manifest.modality() != null) {
            lines.add("modality " + manifest.modality()
                    + ": known of the public data set of this name (--modality says otherwise)");
        }
        if (said.healthy() != null) {
            return lines;
        }
        if (manifest.healthyClass() != null) {
            lines.add("healthy class " + manifest.classes().get(manifest.healthyClass())
                    + ": known of the public data set of this name (--healthy says otherwise)");
        } else if (HealthyClass.of(manifest).isPresent()) {
            lines.add("nobody says which class is healthy: sensitivity, specificity, misses and false alarms will be"
                    + " marked \"" + HealthyClass.ASSUMED + "\" (--healthy says it)");
        }
        return lines;
    }
}
