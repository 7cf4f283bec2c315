package org.rtda.cli.dataset;

import java.util.ArrayList;
import java.util.List;
import org.rtda.imaging.source.RefusedFile;
import org.rtda.preparation.ImportFindings;
import org.rtda.preparation.ImportReport;

/** The report of an import as lines of text. */
final class ReportLines {
    private static final int SHOWN = 20;

    private ReportLines() {}

    /** For a person at a terminal: the first of everything, and how many there are. */
    static List<String> shown(ImportReport report) {
        return lines(report, SHOWN);
    }

    /** All of it, for a file. */
    static List<String> all(ImportReport report) {
        return lines(report, Integer.MAX_VALUE);
    }

    private static List<String> lines(ImportReport report, int shown) {
        List<String> lines = new ArrayList<>(report.notes());
        ImportFindings findings = report.findings();
        add(
                lines,
                report.refused().stream().map(RefusedFile::toString).toList(),
                shown,
                "left out: ",
                " files were left out");
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
