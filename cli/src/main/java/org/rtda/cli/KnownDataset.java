package org.rtda.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Public data sets of which is known what their labels mean (MedMNIST v3, Yang et al., Scientific Data 10, 2023). */
enum KnownDataset {
    /** Label 0 is malignant, 1 normal or benign. */
    BREASTMNIST("breastmnist", "ultrasound", "1"),
    /** Label 0 is normal, 1 pneumonia. */
    PNEUMONIAMNIST("pneumoniamnist", "chest-xray", "0");

    private final String prefix;
    private final String modality;
    private final String healthy;

    KnownDataset(String prefix, String modality, String healthy) {
        this.prefix = prefix;
        this.modality = modality;
        this.healthy = healthy;
    }

    /** The one with whose name the data set's name begins, else the file's. */
    static Optional<KnownDataset> of(String name, Path file) {
        return startOf(name).or(() -> startOf(file.getFileName().toString().toLowerCase(Locale.ROOT)));
    }

    private static Optional<KnownDataset> startOf(String name) {
        return Arrays.stream(values())
                .filter(known -> name.startsWith(known.prefix))
                .findFirst();
    }

    String prefix() {
        return prefix;
    }

    /** One of {@link org.rtda.contracts.KnownNames#MODALITIES}. */
    String modality() {
        return modality;
    }

    /** The label that means no disease. */
    String healthy() {
        return healthy;
    }
}
