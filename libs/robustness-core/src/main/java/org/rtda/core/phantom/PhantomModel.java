package org.rtda.core.phantom;

import java.util.List;

/** How images of one modality come about. Stateless. */
interface PhantomModel {
    /**
     * The part of the images that look like the other class, as some scars look like cancer and some cancers like a cyst:
     * nobody can be right about all images.
     */
    double MIMICS = 0.08;

    /** Which class an image of that label looks like. */
    static int look(int label, Draw draw) {
        return draw.chance(MIMICS) ? 1 - label : label;
    }

    List<String> classNames();

    /** What the images are made with, and after which papers. */
    String provenance();

    /**
     * One image on the rendering grid.
     *
     * @param otherScanner whether it is taken with the scanner of the shifted test set
     * @param grid rows and columns, a power of two
     * @return grey values in [0,1]
     */
    Plane render(int label, boolean otherScanner, int grid, Draw draw);
}
