package org.rtda.cli.benchmark.result;

import org.rtda.contracts.settings.Condition;

/** Lets a test name a condition by its label. */
public final class LabelledCondition {
    private LabelledCondition() {}

    public static Condition of(String label) {
        return LegacyConditionLabel.read(label);
    }
}
