package org.rtda.contracts.check;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks that throw {@link InvalidFieldException}. NaN is outside every range. */
public final class Check {
    /** The whole of a {@link #name}. */
    public static final String NAME_PATTERN = "[a-z0-9][a-z0-9_.-]{0,62}";

    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

    private Check() {}

    public static double inRange(String field, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new InvalidFieldException(field, value, "in [" + plain(lowest) + ", " + plain(highest) + "]");
        }
        return value;
    }

    /** A range without its lower bound. */
    public static double above(String field, double value, double bound, double highest) {
        if (!(value > bound && value <= highest)) {
            throw new InvalidFieldException(
                    field, value, "greater than " + plain(bound) + " and at most " + plain(highest));
        }
        return value;
    }

    public static int inRange(String field, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new InvalidFieldException(field, value, "in [" + lowest + ", " + highest + "]");
        }
        return value;
    }

    public static long inRange(String field, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw new InvalidFieldException(field, value, "in [" + lowest + ", " + highest + "]");
        }
        return value;
    }

    public static long atLeast(String field, long value, long lowest) {
        if (value < lowest) {
            throw new InvalidFieldException(field, value, "at least " + lowest);
        }
        return value;
    }

    public static String notBlank(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidFieldException(field, "'" + value + "'", "more than blanks");
        }
        return value;
    }

    /** A text on one line, of at most so many characters and without control characters. */
    public static String line(String field, String value, int longest) {
        return text(field, value, longest, "", "without control characters, on one line");
    }

    /** A text of at most so many characters, whose only control characters are line ends and tabs. */
    public static String text(String field, String value, int longest) {
        return text(field, value, longest, "\n\r\t", "without control characters other than line ends and tabs");
    }

    private static String text(String field, String value, int longest, String allowedControls, String allowed) {
        present(field, value);
        inRange(field + " (characters)", value.codePointCount(0, value.length()), 0, longest);
        if (value.chars().anyMatch(c -> Character.isISOControl(c) && allowedControls.indexOf(c) < 0)) {
            throw new InvalidFieldException(field, value, allowed);
        }
        return value;
    }

    public static <T> T oneOf(String field, T value, Collection<T> known) {
        if (!known.contains(value)) {
            throw new InvalidFieldException(field, value, "one of " + known);
        }
        return value;
    }

    /** Whether it is what {@link #name} takes. */
    public static boolean isName(String value) {
        return value != null && NAME.matcher(value).matches();
    }

    /** A name that is safe in URLs, object keys and file names. */
    public static String name(String field, String value) {
        if (!isName(value)) {
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

    public static void absent(String field, Object value) {
        if (value != null) {
            throw new InvalidFieldException(field, value, "absent");
        }
    }

    public static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidFieldException(field, value, "finite");
        }
        return value;
    }

    /** What every event carries. A version this build does not know is refused, not guessed at. */
    public static void event(String id, Instant time, int schemaVersion, String experimentId) {
        present("id", id);
        present("time", time);
        inRange("schemaVersion", schemaVersion, 1, Event.SCHEMA_VERSION);
        name("experimentId", experimentId);
    }

    /** An unchangeable copy in the same order, so that a document is written the same way each time. */
    public static <V> Map<String, V> copyOf(String field, Map<String, V> map) {
        present(field, map).forEach((key, value) -> present(field + "." + key, value));
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    public static <T> List<T> copyOf(String field, List<T> list) {
        for (T value : present(field, list)) {
            present(field + " (each)", value);
        }
        return List.copyOf(list);
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }
}
