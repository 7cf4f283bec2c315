package org.rtda.cli;

import java.util.List;
import java.util.Locale;
import org.rtda.cli.rest.Evaluation;

/** Whether an evaluation's figures can be believed: a line a gate, those that fail first. */
final class GateTable {
    private static final List<String> ORDER = List.of("FAILED", "NOT_JUDGED", "PASSED");

    private GateTable() {}

    static String text(List<Evaluation.Gate> gates) {
        TextTable table = new TextTable("gate", "outcome", "finding");
        for (String outcome : ORDER) {
            gates.stream()
                    .filter(gate -> gate.outcome().equals(outcome))
                    .forEach(gate -> table.row(gate.gate(), inWords(outcome), gate.finding()));
        }
        return table.text();
    }

    private static String inWords(String outcome) {
        return outcome.equals("FAILED")
                ? outcome
                : outcome.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
