package org.rtda.evaluator.suite;

import java.util.Locale;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.core.corruption.CorruptionTable;

/** Chooses the column of MedMNIST-C's table of strengths for the corruptions of a data set. */
public final class ModalityTable {
    private ModalityTable() {}

    /**
     * The modality's own; MedMNIST-C has none for mammograms and others, which take the chest X-ray's. Of a data set that
     * does not say: the ultrasound column when its name or provenance speaks of ultrasound, or its name of breastmnist
     * (which is ultrasound); else the chest X-ray one.
     */
    public static CorruptionTable of(CheckpointSaved checkpoint, DatasetManifest manifest) {
        boolean ultrasound = manifest.modality() == null
                ? speaksOfUltrasound(checkpoint, manifest)
                : manifest.modality().equals("ultrasound");
        return ultrasound ? CorruptionTable.ULTRASOUND : CorruptionTable.CHEST_XRAY;
    }

    private static boolean speaksOfUltrasound(CheckpointSaved checkpoint, DatasetManifest manifest) {
        String names = checkpoint.dataset().name() + " " + manifest.name();
        return (names + " " + manifest.provenance()).toLowerCase(Locale.ROOT).contains("ultrasound")
                || names.contains("breastmnist");
    }
}
