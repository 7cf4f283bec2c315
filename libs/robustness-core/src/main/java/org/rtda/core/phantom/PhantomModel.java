package org.rtda.core.phantom;

import java.util.List;

/** How images of one modality come about. Stateless. */
interface PhantomModel {

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
