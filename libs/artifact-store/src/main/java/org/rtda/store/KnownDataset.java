package org.rtda.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Public data sets whose labels are known (MedMNIST v3, Yang et al., Scientific Data 10, 2023). */
enum KnownDataset {
    /** Label 0 is malignant, 1 normal or benign. */
    BREASTMNIST("breastmnist", "ultrasound", 1),
    /** Label 0 is normal, 1 pneumonia. */
    PNEUMONIAMNIST("pneumoniamnist", "chest-xray", 0);

    private static final int CLASSES = 2;

    private final String prefix;
    private final String modality;
    private final int healthy;

    KnownDataset(String prefix, String modality, int healthy) {
        this.prefix = prefix;
        this.modality = modality;
        this.healthy = healthy;
    }

    /**
     * The one with whose name the data set's name begins, else the file's. Empty where the number of classes is another: that is
     * a set of one's own, whatever it is called.
     */
    static Optional<KnownDataset> of(String name, String file, int classes) {
        return classes == CLASSES ? startOf(name).or(() -> startOf(file)) : Optional.empty();
    }

    private static Optional<KnownDataset> startOf(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(known -> lowerCase.startsWith(known.prefix))
                .findFirst();
    }

    /** One of {@link org.rtda.contracts.check.KnownNames#MODALITIES}. */
    String modality() {
        return modality;
    }

    /** The label that means no disease. */
    int healthy() {
        return healthy;
    }
}
