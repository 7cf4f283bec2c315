package org.rtda.preparation;

import java.util.List;
import org.rtda.imaging.source.RefusedFile;

/**
 * What somebody should know of an import before and after it is made. It names files and quotes tables, so it is for the person who
 * imports: it is neither stored nor logged.
 *
 * @param notes how the input was understood, one sentence each
 * @param refused files that were left out, and why
 * @param findings of duplicates and constant images
 */
public record ImportReport(List<String> notes, List<RefusedFile> refused, ImportFindings findings) {
    /** Before anything was looked at. */
    public static final ImportReport NOTHING = new ImportReport(List.of(), List.of(), ImportFindings.NONE);
}
