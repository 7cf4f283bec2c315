package org.rtda.cli.dataset;

import java.util.List;
import org.rtda.imaging.source.RefusedFile;

/**
 * What somebody should know of an import before and after it is sent.
 *
 * @param notes how the input was understood, one sentence each
 * @param refused files that were left out, and why
 * @param findings of duplicates and constant images
 */
public record ImportReport(List<String> notes, List<RefusedFile> refused, ImportFindings findings) {
    private static final int SHOWN = 20;

    /** For a person at a terminal: the first of everything, and how many there are. */
    public List<String> lines() {
        return lines(SHOWN);
    }

    /** All of it, for a file. */
    public List<String> all() {
        return lines(Integer.MAX_VALUE);
    }

    private List<String> lines(int shown) {
        List<String> lines = new java.util.ArrayList<>(notes);
        add(lines, refused.stream().map(RefusedFile::toString).toList(), shown, "left out: ", " files were left out");
        add(
                lines,
                findings.pairs(),
                shown,
                "duplicate: ",
                " duplicates: " + findings.exact()
                        + " with the same pixels, " + findings.near() + " that look the same, "
                        + findings.acrossSplits()
                        + " of them in two splits");
        add(lines, findings.constant(), shown, "of one grey level: ", " images are of one grey level");
        return List.copyOf(lines);
    }

    private static void add(List<String> lines, List<String> all, int shown, String each, String count) {
        if (all.isEmpty()) {
            return;
        }
        all.stream().limit(shown).forEach(line -> lines.add(each + line));
        lines.add(all.size() + count + (all.size() > shown ? "; --report FILE lists them all" : ""));
    }
}
