package org.rtda.contracts.dataset;

import java.util.List;
import java.util.Optional;

/**
 * The names of a data set's splits. This is the only place that makes the name of an external test set's split and takes it apart. A name
 * is made of a label, such as {@code other-scanner}, by which people call the set.
 */
public final class SplitNames {
    public static final String TRAIN = "train";
    public static final String VALIDATION = "val";
    public static final String TEST = "test";

    /** The splits that every data set has, in the order in which they are shown. */
    public static final List<String> OWN = List.of(TRAIN, VALIDATION, TEST);

    private static final String SHIFT_PREFIX = "shift-";

    private SplitNames() {}

    /** Of the external test set with this label: {@code shift-other-scanner} of {@code other-scanner}. */
    public static String ofShift(String label) {
        return SHIFT_PREFIX + label;
    }

    /** Whether the split is an external test set. */
    public static boolean isShift(String split) {
        return split.startsWith(SHIFT_PREFIX);
    }

    /** The label of the external test set that the split is; empty of any other split. */
    public static Optional<String> shiftLabel(String split) {
        return isShift(split) ? Optional.of(split.substring(SHIFT_PREFIX.length())) : Optional.empty();
    }
}
