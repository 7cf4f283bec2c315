package org.rtda.access;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One right of one account.
 *
 * @param name of a topic, a group or an id: exact, or with {@code *} at its end all that begin so. Of objects: {@code *} stands anywhere for
 *     any characters
 */
record Grant(String account, Resource resource, Privilege operation, String name) {

    Grant {
        if (!resource.operations().contains(operation)) {
            throw new IllegalArgumentException(
                    operation.label() + " is nothing that can be done with " + resource.label()
                            + ", which has "
                            + resource.operations().stream()
                                    .map(Privilege::label)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        if (resource != Resource.OBJECTS && name.indexOf('*') >= 0 && name.indexOf('*') < name.length() - 1) {
            throw new IllegalArgumentException(
                    "the name of a " + resource.label() + " may have * at its end alone, was " + name);
        }
    }

    /** Whether this right is one to something of this name. */
    boolean covers(String wanted) {
        String pattern =
                Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return wanted.matches(pattern);
    }
}
