package org.rtda.cli.benchmark.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.MethodKind;

/**
 * Checks whether the robustness of a run can be believed. A run that fails one is shown with the flag, never left out.
 */
public final class ConditionGates {
    private static final String FULL = "full evaluation: ";

    private ConditionGates() {}

    /** A sentence for each gate that the run fails. */
    public static List<String> failedBy(Run run) {
        List<String> flags = new ArrayList<>();
        if (isConstant(run.result())) {
            flags.add("names the same class for every clean image: its figures are those of a constant");
        }
        if (MethodKind.named(run.cell().method()).undefended()) {
            flags.addAll(attacksThatDoNotHurt(run.result()));
        }
        run.result().failedGates().forEach(gate -> flags.add(inWords(gate.gate(), gate.finding(), gate.concerns())));
        flags.addAll(notMeasured(run.result().rows()));
        run.full().ifPresent(full -> {
            full.gates().stream()
                    .filter(CellResult.FailedGate::isFailed)
                    .map(gate -> inWords(gate.gate(), gate.finding(), gate.concerns()))
                    .forEach(flag -> flags.add(FULL + flag));
            notMeasured(full.rows()).forEach(flag -> flags.add(FULL + flag));
        });
        return flags;
    }

    private static String inWords(String gate, String finding, List<String> concerns) {
        return gate + ": " + finding
                + (concerns == null || concerns.isEmpty() ? "" : " (concerns " + String.join(", ", concerns) + ")");
    }

    private static List<String> notMeasured(List<ResultRow> rows) {
        return rows.stream()
                .filter(row -> row.value() == null && row.metric().equals(FigureNames.ACCURACY))
                .map(row -> row.condition() + " could not be measured"
                        + (row.note() == null ? "" : " (" + row.note() + ")"))
                .toList();
    }

    /** Whether the model names one class for every clean image. */
    static boolean isConstant(CellResult result) {
        CellResult.Outcomes clean = result.outcomes().get(Column.CLEAN);
        return clean != null && clean.predictedClasses() == 1;
    }

    /** Attacks under which, at their largest radius, at least as many images are right as without. */
    private static List<String> attacksThatDoNotHurt(CellResult result) {
        ResultRow clean = result.figure(Column.CLEAN, FigureNames.ACCURACY);
        Map<String, ResultRow> widest = new TreeMap<>();
        for (ResultRow row : result.rows()) {
            if (row.metric().equals(FigureNames.ACCURACY)
                    && row.value() != null
                    && Column.Kind.of(row.conditionDetails()) == Column.Kind.ATTACK) {
                widest.merge(
                        series(row.conditionDetails()),
                        row,
                        BinaryOperator.maxBy(Comparator.comparingDouble(each -> epsilon(each.conditionDetails()))));
            }
        }
        List<String> flags = new ArrayList<>();
        widest.forEach((attack, row) -> {
            if (clean != null && row.value() >= clean.value()) {
                flags.add("the undefended model does not fall under " + attack + " at "
                        + Cell.plain(epsilon(row.conditionDetails()))
                        + ": the attack is too weak to judge others by");
            }
        });
        return flags;
    }

    private static double epsilon(Condition condition) {
        return condition.attack() == null
                ? condition.attackSet().epsilon()
                : condition.attack().epsilon();
    }

    /** What of an attack, or of a set of them, does not change with the radius. */
    private static String series(Condition condition) {
        return condition.attack() == null
                ? condition.attackSet().name() + "-" + condition.attackSet().norm()
                : condition.attack().seriesLabel();
    }
}
