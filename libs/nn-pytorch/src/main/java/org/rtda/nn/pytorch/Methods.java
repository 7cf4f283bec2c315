package org.rtda.nn.pytorch;

import java.util.List;

/** The training methods by name. */
public final class Methods {
    private static final List<String> NAMES = List.of("rtda", "erm");

    private Methods() {}

    public static List<String> names() {
        return NAMES;
    }

    /**
     * A method.
     *
     * @param lambda weight of the consistency term, in [0, 1000]; {@code erm} has none and ignores it
     * @throws IllegalArgumentException for an unknown name, listing the known ones, or a value out of range
     */
    public static TrainingMethod named(String name, double lambda) {
        return switch (name) {
            case "rtda" -> new RtdaMethod(lambda);
            case "erm" -> new ErmMethod();
            default -> throw new IllegalArgumentException("method must be one of " + NAMES + ", was " + name);
        };
    }

    static void requireWeight(String field, double value) {
        if (!(value >= 0 && value <= 1000)) {
            throw new IllegalArgumentException(field + " must be in [0, 1000], was " + value);
        }
    }
}
