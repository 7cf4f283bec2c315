package org.rtda.cli.benchmark.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.rest.ResultEntry;
import org.rtda.contracts.FigureNames;

/**
 * Checks whether the robustness of a run can be believed. A run that fails one is shown with the flag, never left out.
 */
public final class ConditionGates {
    private static final Pattern ATTACK = Pattern.compile("(.+)@([0-9.]+)");

    private ConditionGates() {}

    /** A sentence for each gate that the run fails. */
    public static List<String> failedBy(Run run) {
        List<String> flags = new ArrayList<>();
        if (isConstant(run.result())) {
            flags.add("names the same class for every clean image: its figures are those of a constant");
        }
        TreeMap<String, TreeMap<Double, Double>> attacks = accuracyByEpsilon(run.result());
        attacks.forEach((attack, byEpsilon) -> risesIn(attack, byEpsilon, flags));
        ResultEntry unattacked = run.result().figure(Column.CLEAN, FigureNames.ACCURACY);
        if (run.cell().method().equals("erm") && unattacked != null) {
            attacks.forEach((attack, byEpsilon) -> {
                if (byEpsilon.lastEntry().getValue() >= unattacked.value()) {
                    flags.add("the undefended model does not fall under " + attack + " at "
                            + Cell.plain(byEpsilon.lastKey()) + ": the attack is too weak to judge others by");
                }
            });
        }
        run.result().failedGates().stream()
                .map(gate -> gate.gate() + ": " + gate.finding()
                        + (gate.concerns().isEmpty() ? "" : " (concerns " + String.join(", ", gate.concerns()) + ")"))
                .forEach(flags::add);
        run.result().rows().stream()
                .filter(row -> row.value() == null && row.metric().equals(FigureNames.ACCURACY))
                .map(row -> row.condition() + " could not be measured"
                        + (row.note() == null ? "" : " (" + row.note() + ")"))
                .forEach(flags::add);
        return flags;
    }

    /** Whether the model names one class for every clean image. */
    static boolean isConstant(CellResult result) {
        CellResult.Outcomes clean = result.outcomes().get(Column.CLEAN);
        return clean != null && clean.predictedClasses() == 1;
    }

    private static void risesIn(String attack, TreeMap<Double, Double> byEpsilon, List<String> flags) {
        Double before = null;
        for (double epsilon : byEpsilon.keySet()) {
            if (before != null && byEpsilon.get(epsilon) > byEpsilon.get(before)) {
                flags.add(String.format(
                        Locale.ROOT,
                        "accuracy under %s rises from %.3f at %s to %.3f at %s",
                        attack,
                        byEpsilon.get(before),
                        Cell.plain(before),
                        byEpsilon.get(epsilon),
                        Cell.plain(epsilon)));
            }
            before = epsilon;
        }
    }

    private static TreeMap<String, TreeMap<Double, Double>> accuracyByEpsilon(CellResult result) {
        TreeMap<String, TreeMap<Double, Double>> attacks = new TreeMap<>();
        for (ResultEntry row : result.rows()) {
            Matcher attack = ATTACK.matcher(row.condition());
            if (row.metric().equals(FigureNames.ACCURACY)
                    && row.value() != null
                    && Column.kindOf(row.condition()) == Column.Kind.ATTACK
                    && attack.matches()) {
                attacks.computeIfAbsent(attack.group(1), any -> new TreeMap<>())
                        .put(Double.parseDouble(attack.group(2)), row.value());
            }
        }
        return attacks;
    }
}
