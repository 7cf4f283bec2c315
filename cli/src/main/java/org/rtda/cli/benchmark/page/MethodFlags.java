package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.cli.benchmark.page.BenchmarkReport.Comparison;
import org.rtda.cli.benchmark.result.ConditionGates;
import org.rtda.cli.benchmark.result.Run;
import org.rtda.report.Flag;
import org.rtda.report.Table;
import org.rtda.report.TableCell;

/** One flag for each method of a comparison that has a run which fails a gate, and the rows that tell which. */
final class MethodFlags {
    private record Key(String dataset, double epsilon, String method) {}

    private final Map<Key, Flag> flags = new LinkedHashMap<>();
    private final List<Table.Row> rows = new ArrayList<>();

    MethodFlags(List<Comparison> comparisons) {
        for (Comparison comparison : comparisons) {
            for (String method : ComparisonWords.methods(comparison)) {
                List<String> findings = new ArrayList<>();
                for (Run run : comparison.runs()) {
                    if (run.cell().method().equals(method)) {
                        ConditionGates.failedBy(run)
                                .forEach(finding ->
                                        findings.add("seed " + run.cell().seed() + ": " + finding));
                    }
                }
                if (!findings.isEmpty()) {
                    Flag flag = new Flag("G" + (flags.size() + 1), method + " has a run that fails a gate");
                    flags.put(new Key(comparison.dataset(), comparison.epsilon(), method), flag);
                    rows.add(new Table.Row(
                            flag,
                            List.of(
                                    TableCell.text("⚑" + flag.id()),
                                    TableCell.text(comparison.dataset() + " at " + ComparisonWords.radius(comparison)),
                                    TableCell.text(method),
                                    TableCell.text(String.join("; ", findings)))));
                }
            }
        }
    }

    /** At most one. */
    List<Flag> of(Comparison comparison, String method) {
        Flag flag = flags.get(new Key(comparison.dataset(), comparison.epsilon(), method));
        return flag == null ? List.of() : List.of(flag);
    }

    List<Table.Row> rows() {
        return List.copyOf(rows);
    }
}
