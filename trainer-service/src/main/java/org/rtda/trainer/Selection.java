package org.rtda.trainer;

import org.rtda.contracts.settings.SelectionSettings;

/**
 * Which epoch is the best so far, and whether another is worth training. Equal epochs: the earlier one.
 *
 * @param bestEpoch from 1; 0 before the first epoch was judged
 * @param best its robust balanced accuracy on the validation images; NaN before
 */
record Selection(SelectionSettings settings, int bestEpoch, double best) {

    static Selection before(SelectionSettings settings) {
        return new Selection(settings, 0, Double.NaN);
    }

    Selection after(int epoch, double robustBalancedAccuracy) {
        return bestEpoch == 0 || robustBalancedAccuracy > best
                ? new Selection(settings, epoch, robustBalancedAccuracy)
                : this;
    }

    /** Whether training ends with this epoch, having seen no new best for too long. */
    boolean patienceEndsAt(int epoch) {
        return settings.patience() != null && epoch - bestEpoch >= settings.patience();
    }

    /** Whether the result of a run that ends with this epoch is an earlier one. */
    boolean takesEarlierThan(int epoch) {
        return settings.takesBest() && bestEpoch < epoch;
    }
}
