package org.rtda.core.phantom;

import java.util.Arrays;
import java.util.List;

/** The imaging techniques of which phantoms are made, with two classes each. */
public enum Modality {
    MAMMOGRAM("mammogram", new MammogramPhantom()),
    CHEST_XRAY("chest-xray", new ChestXrayPhantom()),
    ULTRASOUND("ultrasound", new UltrasoundPhantom());

    private final String label;
    private final PhantomModel model;

    Modality(String label, PhantomModel model) {
        this.label = label;
        this.model = model;
    }

    /** @throws IllegalArgumentException when there is none of that label; it lists the known ones */
    public static Modality named(String label) {
        return Arrays.stream(values())
                .filter(modality -> modality.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("modality must be one of "
                        + Arrays.stream(values()).map(Modality::label).toList() + ", was " + label));
    }

    /** For people and commands, for example {@code chest-xray}. */
    public String label() {
        return label;
    }

    /** By label: class 0 is the harmless one. */
    public List<String> classNames() {
        return model.classNames();
    }

    PhantomModel model() {
        return model;
    }
}
