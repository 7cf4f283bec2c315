package org.rtda.cli.dataset;

import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.dataset.Preparation;

/** What an import does about pictures that are there twice. */
final class DuplicateRule {
    private DuplicateRule() {}

    /**
     * @throws CommandFailure when a picture is in two splits under two labels: one of them is wrong, and the figures with it
     */
    static void require(ImportFindings findings, boolean allowed) {
        if (!findings.conflicts().isEmpty() && !allowed) {
            int more = findings.conflicts().size() - 1;
            throw new CommandFailure("the same picture is in two splits with two labels: "
                    + findings.conflicts().get(0)
                    + (more > 0 ? " (and " + more + " more pictures)" : "")
                    + "; correct the labels, or accept them with --allow-duplicates");
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
