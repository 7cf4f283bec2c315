package org.rtda.contracts;

/** The metrics by which a {@link Figure} names what it measures. */
public final class FigureNames {
    public static final String ACCURACY = "accuracy";
    public static final String MAJORITY_RATE = "majority-rate";
    public static final String BALANCED_ACCURACY = "balanced-accuracy";
    public static final String AUROC = "auroc";
    public static final String SENSITIVITY = "sensitivity";
    public static final String SPECIFICITY = "specificity";

    /** After a name of a figure at threshold 0.5: the same at the threshold that clean validation images set. */
    public static final String AT_CALIBRATED = "@calibrated";

    public static final String CALIBRATION_ERROR = "calibration-error";
    public static final String BRIER_SCORE = "brier-score";

    private static final String ACCURACY_OF = "accuracy of ";

    private FigureNames() {}

    /** The accuracy on the images of one class. */
    public static String ofClass(String name) {
        return ACCURACY_OF + name;
    }

    /** Whether the figure is the accuracy on the images of one class. */
    public static boolean isOfClass(String metric) {
        return metric.startsWith(ACCURACY_OF);
    }
}
