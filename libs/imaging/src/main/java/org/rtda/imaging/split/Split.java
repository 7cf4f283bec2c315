package org.rtda.imaging.split;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an image is for. */
public enum Split {
    TRAIN,
    VAL,
    TEST;

    private static final Map<String, Split> NAMES = Map.ofEntries(
            Map.entry("train", TRAIN),
            Map.entry("training", TRAIN),
            Map.entry("val", VAL),
            Map.entry("valid", VAL),
            Map.entry("validation", VAL),
            Map.entry("dev", VAL),
            Map.entry("test", TEST),
            Map.entry("testing", TEST));

    /** As data sets spell it: {@code train}, {@code val} or {@code test}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By the names that folders and tables have for it, in any case; empty for other names. */
    public static Optional<Split> named(String name) {
        return Optional.ofNullable(NAMES.get(name.strip().toLowerCase(Locale.ROOT)));
    }
}
