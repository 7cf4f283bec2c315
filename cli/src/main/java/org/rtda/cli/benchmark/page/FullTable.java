package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.rtda.cli.benchmark.result.Column;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.cli.rest.Evaluation;
import org.rtda.contracts.result.ResultRow;

/** What the full suite found, as rows of a table: one for each condition, one for each gate. */
final class FullTable {
    /** Attacks with a goal are about one class, which has no balanced accuracy. */
    private static final Set<Column.Kind> SHOWN = EnumSet.of(
            Column.Kind.CLEAN,
            Column.Kind.ATTACK,
            Column.Kind.NOISE,
            Column.Kind.ATTACKED_CORRUPTION,
            Column.Kind.SHIFT);

    private FullTable() {}

    /** Labels of any of the runs' conditions, without single corruptions and probes. */
    static List<String> conditions(List<Run> judged) {
        Set<String> conditions = new LinkedHashSet<>();
        for (Run run : judged) {
            run.full().orElseThrow().rows().stream()
                    .filter(FullTable::isShown)
                    .map(ResultRow::condition)
                    .forEach(conditions::add);
        }
        return List.copyOf(conditions);
    }

    static boolean isShown(ResultRow row) {
        return SHOWN.contains(Column.Kind.of(row.conditionDetails()));
    }

    /** Balanced accuracy. */
    static Optional<ResultRow> figure(Run run, String condition) {
        return run.full().orElseThrow().rows().stream()
                .filter(row -> row.condition().equals(condition)
                        && row.metric().equals(BenchmarkReport.HEADLINE)
                        && row.value() != null)
                .findFirst();
    }

    static List<String> gates(List<Run> judged) {
        Set<String> gates = new LinkedHashSet<>();
        judged.forEach(run -> run.full().orElseThrow().gates().forEach(gate -> gates.add(gate.gate())));
        return List.copyOf(gates);
    }

    /** For example {@code passed}; how often, where a gate is judged several times. */
    static String outcome(Run run, String gate) {
        List<String> outcomes = new ArrayList<>();
        for (Evaluation.Gate each : run.full().orElseThrow().gates()) {
            if (each.gate().equals(gate)) {
                outcomes.add(each.outcome().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        }
        return String.join(", ", new LinkedHashSet<>(outcomes));
    }
}
