package org.rtda.imaging.source;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a table is read.
 *
 * @param columns names of columns by what they hold ({@link #ROLES}); what is not named is looked for under its own name
 * @param charset null where nobody says
 */
public record TableOptions(Map<String, String> columns, Charset charset) {
    /** What a table may say of an image; {@code file} and {@code label} it must. */
    public static final List<String> ROLES =
            List.of("file", "label", "patient", "split", "site", "scanner", "sex", "age", "laterality", "view");

    public static final TableOptions DEFAULT = new TableOptions(Map.of(), null);

    /** @throws IllegalArgumentException when a column is named for something that tables do not say */
    public TableOptions {
        columns = Map.copyOf(columns);
        for (String role : columns.keySet()) {
            if (!ROLES.contains(role)) {
                throw new IllegalArgumentException("must be one of " + ROLES + ", was " + role);
            }
        }
    }

    public TableOptions withColumn(String role, String name) {
        Map<String, String> more = new LinkedHashMap<>(columns);
        more.put(role, name);
        return new TableOptions(more, charset);
    }

    /** Whether somebody chose the column, so that it must be there. */
    boolean isNamed(String role) {
        return columns.containsKey(role);
    }

    String column(String role) {
        return columns.getOrDefault(role, role).strip().toLowerCase(Locale.ROOT);
    }
}
