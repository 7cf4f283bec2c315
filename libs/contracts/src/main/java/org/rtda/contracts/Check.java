package org.rtda.contracts;

import java.util.Collection;
import java.util.regex.Pattern;

/** Checks that throw {@link InvalidFieldException}. NaN is outside every range. */
public final class Check {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,62}");

    private Check() {}

    public static double inRange(String field, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new InvalidFieldException(field, value, "in [" + plain(lowest) + ", " + plain(highest) + "]");
        }
        return value;
    }

    public static int inRange(String field, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new InvalidFieldException(field, value, "in [" + lowest + ", " + highest + "]");
        }
        return value;
    }

    public static <T> T oneOf(String field, T value, Collection<T> known) {
        if (!known.contains(value)) {
            throw new InvalidFieldException(field, value, "one of " + known);
        }
        return value;
    }

    /** A name that is safe in URLs, object keys and file names. */
    public static String name(String field, String value) {
        if (value == null || !NAME.matcher(value).matches()) {
            throw new InvalidFieldException(
                    field, value, "1 to 63 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit");
        }
        return value;
    }

    public static <T> T present(String field, T value) {
        if (value == null) {
            throw new InvalidFieldException(field, null, "present");
        }
        return value;
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }
}
