package org.rtda.gateway.view;

import java.util.List;
import org.rtda.contracts.ExperimentCommand;

/**
 * What people call an experiment, and say of it.
 *
 * @param name null where it has none
 * @param notes null where there are none
 * @param tags without repetition, in the order in which they were given
 */
public record Description(String name, String notes, List<String> tags) {
    public static final Description NONE = new Description(null, null, List.of());

    public Description {
        name = emptyToNull(name);
        notes = emptyToNull(notes);
        tags = List.copyOf(tags);
    }

    private static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** The same with what the command changes. */
    public Description with(ExperimentCommand.Describe change) {
        return new Description(
                change.name() == null ? name : change.name(),
                change.notes() == null ? notes : change.notes(),
                change.tags() == null ? tags : change.tags());
    }
}
