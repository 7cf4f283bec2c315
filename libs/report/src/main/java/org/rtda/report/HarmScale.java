package org.rtda.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of a model's skill is lost, as a scale of colours: nothing at the clean figure, everything at what an answer scores
 * that is the same for every image. A figure above the clean one is drawn as no loss.
 *
 * @param metric what the figures are, as a heading says it
 * @param clean the figure of images as they are, above {@code constant}
 * @param constant what a constant answer scores in it
 */
public record HarmScale(String metric, double clean, double constant) {
    /** Colours for a loss below everything, from none; one more is for figures at or below the constant answer. */
    static final int STEPS = 7;

    public HarmScale {
        if (!(clean > constant)) {
            throw new IllegalArgumentException("clean must be above constant = " + constant + ", was " + clean);
        }
    }

    /** In [0, 1]: 0 at the clean figure and above it, 1 at the constant answer's and below it. */
    double loss(double figure) {
        return Math.max(0, Math.min(1, (clean - figure) / (clean - constant)));
    }

    /** @param loss in [0, 1] */
    static int step(double loss) {
        return (int) (loss * STEPS);
    }

    /** What each colour stands for, from no loss on. */
    List<String> legend() {
        List<String> ranges = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            ranges.add(step == 0 ? "above " + at(1) : at(step) + " to " + at(step + 1));
        }
        ranges.add("at most " + at(STEPS));
        return List.copyOf(ranges);
    }

    private String at(int step) {
        return FigureText.format("%.3f", clean - (clean - constant) * step / STEPS);
    }
}
