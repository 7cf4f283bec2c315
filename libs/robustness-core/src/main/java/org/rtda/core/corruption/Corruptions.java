package org.rtda.core.corruption;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The corruptions by name. */
public final class Corruptions {
    private static final Map<String, BiFunction<String, CorruptionTable, Corruption>> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("gaussian-noise", GaussianNoise::new);
        KNOWN.put("speckle-noise", SpeckleNoise::new);
        KNOWN.put("gaussian-blur", GaussianBlur::new);
        KNOWN.put("contrast-down", Contrast::new);
        KNOWN.put("brightness-up", Brightness::new);
        KNOWN.put("jpeg", Jpeg::new);
        KNOWN.put("pixelate", Pixelate::new);
        KNOWN.put("impulse-noise", ImpulseNoise::new);
        KNOWN.put("shot-noise", ShotNoise::new);
        KNOWN.put("motion-blur", MotionBlur::new);
        KNOWN.put("brightness-down", Brightness::new);
        KNOWN.put("contrast-up", Contrast::new);
        KNOWN.put("gamma-up", Gamma::new);
        KNOWN.put("gamma-down", Gamma::new);
    }

    private Corruptions() {}

    /** With the parameters of {@link CorruptionTable#CHEST_XRAY}. */
    public static Corruption named(String name) {
        return named(name, CorruptionTable.CHEST_XRAY);
    }

    /** An unknown name is an {@link IllegalArgumentException} that lists the known ones. */
    public static Corruption named(String name, CorruptionTable table) {
        BiFunction<String, CorruptionTable, Corruption> known = KNOWN.get(name);
        if (known == null) {
            throw new IllegalArgumentException(
                    "no corruption is called '" + name + "'; known are " + String.join(", ", names()));
        }
        return known.apply(name, table);
    }

    /** The seven of the standard evaluation first. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }
}
