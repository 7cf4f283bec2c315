package org.rtda.imaging.source;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a folder, a table or an archive is looked through. Begin with {@link #DEFAULT}.
 *
 * @param root folder that a table's files lie in; null for the table's own. Archives hold their table's files
 * @param table how a table is read
 * @param patients where patients are found in paths; null for nowhere. A table's own column goes before it
 * @param limits of archives and tables
 * @param names of options, in messages
 */
public record SourceOptions(
        Path root, TableOptions table, PatientPattern patients, SourceLimits limits, OptionNames names) {
    /** Tables as they are, no patients in paths, the limits of a person's own machine, a terminal's names. */
    public static final SourceOptions DEFAULT =
            new SourceOptions(null, TableOptions.DEFAULT, null, SourceLimits.DEFAULT, OptionNames.COMMAND_LINE);

    public SourceOptions {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(names, "names");
    }

    public SourceOptions withRoot(Path folder) {
        return new SourceOptions(folder, table, patients, limits, names);
    }

    public SourceOptions withTable(TableOptions options) {
        return new SourceOptions(root, options, patients, limits, names);
    }

    public SourceOptions withPatients(PatientPattern pattern) {
        return new SourceOptions(root, table, pattern, limits, names);
    }

    public SourceOptions withLimits(SourceLimits most) {
        return new SourceOptions(root, table, patients, most, names);
    }

    public SourceOptions withNames(OptionNames called) {
        return new SourceOptions(root, table, patients, limits, called);
    }
}
