package org.rtda.report;

/**
 * A mark beside a figure that a failed gate concerns, and that should not be relied on.
 *
 * @param id of the row of the report that tells why, for example {@code G2}
 * @param name of the rule that it breaks
 */
public record Flag(String id, String name) {
    public Flag {
        if (!id.matches("[A-Z][0-9]+")) {
            throw new IllegalArgumentException("a flag's id must be a letter and a number, was " + id);
        }
    }
}
