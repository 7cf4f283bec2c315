package org.rtda.cli.dataset;

import java.util.ArrayList;
import java.util.List;
import org.rtda.cli.terminal.CommandFailure;

/** Nothing can be imported. It carries what was found until then, which is what somebody needs to mend it. */
public final class ImportRefusal extends CommandFailure {
    private static final long serialVersionUID = 1L;

    private final transient ImportReport report;

    /** @param found until then */
    ImportRefusal(String message, Throwable cause, ImportReport found) {
        super(message, cause);
        List<String> notes = new ArrayList<>(List.of("refused: " + message));
        notes.addAll(found.notes());
        this.report = new ImportReport(notes, found.refused(), found.findings());
    }

    /** Begins with the reason. */
    public ImportReport report() {
        return report;
    }
}
