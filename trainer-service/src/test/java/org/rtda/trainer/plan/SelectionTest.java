package org.rtda.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.settings.SelectionSettings;

class SelectionTest {

    private static Selection after(SelectionSettings settings, double... figures) {
        Selection selection = Selection.before(settings);
        for (int epoch = 1; epoch <= figures.length; epoch++) {
            selection = selection.after(epoch, figures[epoch - 1]);
        }
        return selection;
    }

    @Test
    void theHighestFigureIsTheBestAndOfEqualOnesTheEarlier() {
        Selection selection = after(new SelectionSettings("best", null, null), 0.4, 0.6, 0.5, 0.6);
        assertThat(selection.bestEpoch()).isEqualTo(2);
        assertThat(selection.best()).isEqualTo(0.6);
        assertThat(after(new SelectionSettings("best", null, null), 0.0).bestEpoch())
                .as("even a figure of 0 is the best when it is the only one")
                .isEqualTo(1);
    }

    @Test
    void patienceEndsTheRunAfterSoManyEpochsWithoutANewBest() {
        SelectionSettings patient = new SelectionSettings("last", 2, null);
        assertThat(after(patient, 0.5).patienceEndsAt(1)).isFalse();
        assertThat(after(patient, 0.5, 0.5).patienceEndsAt(2)).isFalse();
        assertThat(after(patient, 0.5, 0.5, 0.4).patienceEndsAt(3)).isTrue();
        assertThat(after(patient, 0.5, 0.5, 0.6).patienceEndsAt(3)).isFalse();
    }

    @Test
    void withoutPatienceARunNeverEndsEarly() {
        Selection selection = after(new SelectionSettings("best", null, null), 0.5, 0.1, 0.1, 0.1);
        assertThat(selection.patienceEndsAt(4)).isFalse();
    }

    @Test
    void onlyAnExperimentThatTakesTheBestTakesAnEarlierEpoch() {
        assertThat(after(new SelectionSettings("best", null, null), 0.5, 0.1).takesEarlierThan(2))
                .isTrue();
        assertThat(after(new SelectionSettings("best", null, null), 0.5, 0.6).takesEarlierThan(2))
                .isFalse();
        assertThat(after(new SelectionSettings("last", 1, null), 0.5, 0.1).takesEarlierThan(2))
                .isFalse();
    }
}
