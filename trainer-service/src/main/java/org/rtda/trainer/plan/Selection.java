package org.rtda.trainer.plan;

import org.rtda.contracts.settings.SelectionSettings;

/**
 * Which epoch is the best so far, and whether another is worth training. Equal epochs: the earlier one.
 *
 * @param bestEpoch from 1; 0 before the first epoch was judged
 * @param best its robust balanced accuracy on the validation images; NaN before
 */
public record Selection(SelectionSettings settings, int bestEpoch, double best) {

    public static Selection before(SelectionSettings settings) {
        return new Selection(settings, 0, Double.NaN);
    }

    public Selection after(int epoch, double robustBalancedAccuracy) {
        return bestEpoch == 0 || robustBalancedAccuracy > best
                ? new Selection(settings, epoch, robustBalancedAccuracy)
                : this;
    }

    /** Whether training ends with this epoch, having seen no new best for too long. */
    public boolean patienceEndsAt(int epoch) {
        return settings.patience() != null && epoch - bestEpoch >= settings.patience();
    }

    /** Whether the result of a run that ends with this epoch is an earlier one. */
    public boolean takesEarlierThan(int epoch) {
        return settings.takesBest() && bestEpoch < epoch;
    }
}
