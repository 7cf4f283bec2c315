package org.rtda.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Writes durations in words, as exactly as a waiting person needs. */
public final class Durations {
    private Durations() {}

    /** For example {@code 20 s}, {@code 2 min}, {@code 2 h 14 min}. */
    public static String inWords(Duration duration) {
        if (duration.toSeconds() < 60) {
            return duration.toSeconds() + " s";
        }
        long minutes = (duration.toSeconds() + 30) / 60;
        return minutes >= 60 ? String.format(Locale.ROOT, "%d h %d min", minutes / 60, minutes % 60) : minutes + " min";
    }
}
