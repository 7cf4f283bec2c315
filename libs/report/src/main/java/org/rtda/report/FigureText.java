package org.rtda.report;

import java.util.Locale;
import java.util.regex.Pattern;

/** Writes the numbers of figures, for reports and for whoever says the same figures elsewhere. */
public final class FigureText {
    private static final Pattern SIGNED_ZERO = Pattern.compile("(?<![0-9])[+-](0\\.0+)(?![0-9])");

    private FigureText() {}

    /**
     * The text of {@link String#format(Locale, String, Object...)} in the root locale, but a number with decimals that is
     * rounded to zero has no sign: neither {@code -0.000} nor {@code +0.000} would say which way a figure differs.
     */
    public static String format(String pattern, Object... values) {
        return SIGNED_ZERO.matcher(String.format(Locale.ROOT, pattern, values)).replaceAll("$1");
    }
}
