package org.rtda.contracts.settings;

import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.SplitNames;

/**
 * Which epoch's network is the result, and when training ends early. Both go by the robust balanced accuracy on the
 * validation split, under the attack that is trained against; the test split is never looked at.
 *
 * @param checkpoint one of the {@link KnownNames#CHECKPOINTS}: {@code last}, the default, or the {@code best} epoch's
 * @param patience training ends after so many epochs without a new best; null, the default, for never
 * @param validationImages how many of the validation images, drawn by class; 0, the default, for all
 */
public record SelectionSettings(String checkpoint, Integer patience, Integer validationImages) {
    /** The last epoch, and no early end. */
    public static final SelectionSettings DEFAULT = new SelectionSettings(null, null, null);

    public SelectionSettings {
        checkpoint =
                Check.oneOf("selection.checkpoint", checkpoint == null ? "last" : checkpoint, KnownNames.CHECKPOINTS);
        if (patience != null) {
            Check.inRange("selection.patience", patience, 1, 10_000);
        }
        validationImages = validationImages == null
                ? 0
                : Check.inRange("selection.validationImages", validationImages, 0, 1_000_000);
    }

    /** Balanced accuracy needs an image of every class, in the split and among the images that are wanted of it. */
    public void requireEveryClass(DatasetManifest data) {
        List<String> missing = data.split(SplitNames.VALIDATION).classesWithoutImages(data.classes());
        if (!missing.isEmpty()) {
            String allowed = " on data set " + data.name() + ": its validation split has no image of class "
                    + String.join(", ", missing) + ", and balanced accuracy needs every class";
            throw takesBest()
                    ? new InvalidFieldException("selection.checkpoint", checkpoint, "last" + allowed)
                    : new InvalidFieldException("selection.patience", patience, "absent" + allowed);
        }
        if (validationImages > 0 && validationImages < data.classes().size()) {
            throw new InvalidFieldException(
                    "selection.validationImages",
                    validationImages,
                    "0 (all) or at least " + data.classes().size() + ", one for each class");
        }
    }

    /** Whether the best epoch's network is the result. */
    public boolean takesBest() {
        return checkpoint.equals("best");
    }

    /** Whether each epoch's network has to be judged. */
    public boolean needsValidation() {
        return takesBest() || patience != null;
    }
}
