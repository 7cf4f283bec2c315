package org.rtda.nn.pytorch;

/** How the size of a perturbation is measured, per image, in pixel units. */
public enum Norm {
    /** Square root of the sum of squares over all channels and pixels. */
    L2,
    /** The largest absolute change of a value. */
    LINF
}
