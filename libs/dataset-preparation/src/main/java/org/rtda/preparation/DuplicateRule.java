package org.rtda.preparation;

import org.rtda.contracts.dataset.Preparation;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.OptionNames;

/** What an import does about pictures that are there twice. */
final class DuplicateRule {
    private DuplicateRule() {}

    /**
     * @throws InvalidSourceException when a picture is in two splits under two labels: one of them is wrong, and the figures with it
     */
    static void require(ImportFindings findings, boolean allowed, OptionNames names) {
        if (!findings.conflicts().isEmpty() && !allowed) {
            int more = findings.conflicts().size() - 1;
            throw new InvalidSourceException("the same picture is in two splits with two labels: "
                    + findings.conflicts().get(0)
                    + (more > 0 ? " (and " + more + " more pictures)" : "")
                    + "; correct the labels, or accept them with " + names.of("allow-duplicates"));
        }
    }

    static Preparation.Findings record(ImportReport report) {
        return new Preparation.Findings(
                report.refused().size(),
                report.findings().exact(),
                report.findings().near(),
                report.findings().acrossSplits(),
                report.findings().conflicts().size(),
                report.findings().constant().size());
    }
}
