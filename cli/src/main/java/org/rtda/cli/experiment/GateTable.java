package org.rtda.cli.experiment;

import java.util.List;
import java.util.Locale;
import org.rtda.cli.rest.Evaluation;
import org.rtda.cli.terminal.TextTable;

/** The gates of evaluations as a table, with one line for each gate and the failed ones first. */
final class GateTable {
    private static final List<String> ORDER = List.of("FAILED", "NOT_JUDGED", "PASSED");

    private GateTable() {}

    static String text(List<Evaluation> evaluations) {
        TextTable table = new TextTable("gate", "outcome", "evaluation", "finding");
        for (String outcome : ORDER) {
            for (Evaluation evaluation : evaluations) {
                evaluation.gates().stream()
                        .filter(gate -> gate.outcome().equals(outcome))
                        .forEach(gate -> table.row(gate.gate(), inWords(outcome), evaluation.id(), gate.finding()));
            }
        }
        return table.text();
    }

    private static String inWords(String outcome) {
        return outcome.equals("FAILED")
                ? outcome
                : outcome.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
