package org.rtda.gateway.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.Preparation;

/** Sentences on what the splits of a data set mean for its figures, for example patients in two splits. */
final class SplitLimits {
    private SplitLimits() {}

    /** @param manifest null where the store does not give it */
    static List<String> of(DatasetManifest manifest) {
        List<String> limits = new ArrayList<>();
        Preparation preparation = manifest == null ? null : manifest.preparation();
        Preparation.Splitting splitting = preparation == null ? null : preparation.splitting();
        if (splitting == null || splitting.patients() == 0) {
            limits.add(
                    "Images of one patient may lie in several splits, or several in one: the system does not know patients, so"
                            + " intervals treat images as independent.");
        } else if (splitting.sharedPatients() > 0) {
            limits.add(splitting.sharedPatients() + " of " + splitting.patients()
                    + " patients have images in more than one split, which the import allowed: figures on test images are in"
                    + " part of patients that were trained on, and are better than for new patients.");
        } else {
            limits.add(
                    "No patient is known to have images in two of train, val and test (" + splitting.patients()
                            + " patients). Several images of one patient in a split count as independent ones in the intervals.");
        }
        if (splitting != null && splitting.sharedWithShifts() != null) {
            splitting
                    .sharedWithShifts()
                    .forEach((shift, patients) -> limits.add(patients + " patients of the external test set " + shift
                            + " have images in the other splits, too: on these it does not test new patients."));
        }
        if (preparation != null && preparation.findings().acrossSplits() > 0) {
            limits.add(preparation.findings().acrossSplits()
                    + " images are copies, or near copies, of images in another split"
                    + (preparation.findings().conflicting() > 0
                            ? ", " + preparation.findings().conflicting() + " of them under another label"
                            : "")
                    + ".");
        }
        return List.copyOf(limits);
    }
}
