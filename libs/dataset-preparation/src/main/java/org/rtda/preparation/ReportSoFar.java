package org.rtda.preparation;

import java.util.ArrayList;
import java.util.List;
import org.rtda.imaging.source.RefusedFile;

/** What is known of the files while they are prepared; whoever is refused needs it most. */
final class ReportSoFar {
    private final List<String> notes = new ArrayList<>();
    private final List<RefusedFile> refused = new ArrayList<>();
    private ImportFindings findings = ImportFindings.NONE;

    void note(String note) {
        notes.add(note);
    }

    void notes(List<String> further) {
        notes.addAll(further);
    }

    void refuse(RefusedFile file) {
        refused.add(file);
    }

    void refuse(List<RefusedFile> files) {
        refused.addAll(files);
    }

    List<RefusedFile> refused() {
        return List.copyOf(refused);
    }

    /** Takes the place of earlier ones. */
    void findings(ImportFindings found) {
        findings = found;
    }

    ImportFindings findings() {
        return findings;
    }

    ImportReport report() {
        return new ImportReport(List.copyOf(notes), List.copyOf(refused), findings);
    }
}
