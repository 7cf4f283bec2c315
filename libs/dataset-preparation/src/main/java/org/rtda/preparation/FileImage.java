package org.rtda.preparation;

import org.rtda.contracts.dataset.SplitNames;
import org.rtda.imaging.set.PreparedImage;
import org.rtda.imaging.split.Split;

/**
 * An image that was read and prepared.
 *
 * @param label of its class
 * @param patient hash; null where nobody says
 * @param shift label of the external test set that it is of; null for the others
 */
record FileImage(PreparedImage prepared, int label, String patient, String shift) {
    String path() {
        return prepared.entry().path();
    }

    FileImage of(String patientHash) {
        return new FileImage(prepared, label, patientHash, shift);
    }

    /** Before splits are assigned: as given, or that none is. */
    String givenSplit() {
        if (shift != null) {
            return SplitNames.ofShift(shift);
        }
        Split given = prepared.entry().split();
        return given == null ? "not divided yet" : given.label();
    }
}
