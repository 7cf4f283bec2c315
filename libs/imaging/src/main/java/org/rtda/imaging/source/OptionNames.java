package org.rtda.imaging.source;

/**
 * What whoever imports calls an option, for sentences that say how to go on: {@code --label-column} in a terminal, "the field
 * label-column" in a form.
 */
@FunctionalInterface
public interface OptionNames {
    /** As a terminal has them. */
    OptionNames COMMAND_LINE = option -> "--" + option;

    /** @param option without marks: {@code label-column} */
    String of(String option);
}
