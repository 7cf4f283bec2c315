package org.rtda.preparation;

import java.util.ArrayList;
import java.util.List;

/**
 * Nothing can be imported; the message says why and what to do. It carries what was found until then, which is what somebody needs to mend
 * it.
 */
public final class ImportRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ImportReport found;

    /** @param found until then */
    public ImportRefusal(String message, Throwable cause, ImportReport found) {
        super(message, cause);
        this.found = found;
    }

    /** What was found until then, without the reason of the refusal. */
    public ImportReport found() {
        return found;
    }

    /** What was found until then; it begins with the reason. */
    public ImportReport report() {
        List<String> notes = new ArrayList<>(List.of("refused: " + getMessage()));
        notes.addAll(found.notes());
        return new ImportReport(notes, found.refused(), found.findings());
    }
}
