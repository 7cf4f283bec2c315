package org.rtda.contracts;

/**
 * Which epoch's network is the result, and when training ends early. Both go by the robust balanced accuracy on the
 * validation split, under the attack that is trained against; the test split is never looked at.
 *
 * @param checkpoint one of {@link KnownNames#CHECKPOINTS}: {@code last}, the default, or the {@code best} epoch's
 * @param patience training ends after so many epochs without a new best; null, the default, for never
 * @param validationImages how many of the validation images, drawn by class; 0, the default, for all
 */
public record SelectionSettings(String checkpoint, Integer patience, Integer validationImages) {
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

    /** Whether the best epoch's network is the result. */
    public boolean takesBest() {
        return checkpoint.equals("best");
    }

    /** Whether each epoch's network has to be judged. */
    public boolean needsValidation() {
        return takesBest() || patience != null;
    }
}
