package org.rtda.cli.benchmark.result;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.AttackSet;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.SourceModel;

/**
 * Reads the label of a figure whose document does not say the condition itself: rows in benchmark folders
 * of earlier builds. Nothing else may read a label.
 *
 * <p>The condition that it gives has the label that was read. A label does not say everything, so some fields are assumed:
 * the split is {@code test} (except of a shift), a radius has four digits, an attack's step size is its default, a set has one
 * member, {@code apgd-ce}, in place of its own, and a source model's network and weights are those of {@link #UNKNOWN_SOURCE}.
 */
final class LegacyConditionLabel {
    /** Stands for the weights that a label does not say. */
    static final ObjectRef UNKNOWN_SOURCE = new ObjectRef("not-said-by-the-label", "0".repeat(64), 0);

    private static final String SPLIT = SplitNames.TEST;
    private static final String NUMBER = "([0-9]+(?:\\.[0-9]+)?)";
    private static final String ATTACK =
            oneOf(KnownNames.ATTACKS) + "(?:-" + oneOf(KnownNames.NORMS) + ")?-([0-9]+)(?:x([0-9]+))?@" + NUMBER;
    private static final String CORRUPTION = oneOf(KnownNames.CORRUPTIONS) + "@([1-5])";

    private static final Pattern ATTACKED = Pattern.compile("(?:" + oneOf(KnownNames.ATTACK_GOALS) + "-)?" + ATTACK);
    private static final Pattern CORRUPTED = Pattern.compile(CORRUPTION);
    private static final Pattern ATTACKED_CORRUPTION = Pattern.compile(ATTACK + "\\+" + CORRUPTION);
    private static final Pattern WORST_CASE =
            Pattern.compile(oneOf(KnownNames.ATTACK_SETS) + "-" + oneOf(KnownNames.NORMS) + "@" + NUMBER);
    private static final Pattern TRANSFER = Pattern.compile("from-(.+?)-" + ATTACK);
    private static final Pattern PROBE = Pattern.compile("probe-" + oneOf(KnownNames.PROBES));

    private LegacyConditionLabel() {}

    /** The rows, each with its condition. */
    static List<ResultRow> completed(List<ResultRow> rows) {
        return rows.stream()
                .map(row -> row.conditionDetails() == null
                        ? row.toBuilder()
                                .conditionDetails(read(row.condition()))
                                .build()
                        : row)
                .toList();
    }

    /** @throws InvalidFieldException when it is the label of no condition */
    static Condition read(String label) {
        if (label.equals("clean")) {
            return Condition.clean(SPLIT);
        }
        if (SplitNames.isShift(label)) {
            return Condition.shift(label);
        }
        Matcher parts = PROBE.matcher(label);
        if (parts.matches()) {
            return Condition.probe(parts.group(1), SPLIT);
        }
        parts = CORRUPTED.matcher(label);
        if (parts.matches()) {
            return Condition.corruption(parts.group(1), Integer.parseInt(parts.group(2)), SPLIT);
        }
        parts = ATTACKED.matcher(label);
        if (parts.matches()) {
            return Condition.attack(attack(parts, 2), parts.group(1), SPLIT);
        }
        parts = ATTACKED_CORRUPTION.matcher(label);
        if (parts.matches()) {
            return Condition.attackedCorruption(
                    attack(parts, 1), parts.group(6), Integer.parseInt(parts.group(7)), SPLIT);
        }
        parts = WORST_CASE.matcher(label);
        if (parts.matches()) {
            AttackSettings member = AttackSettings.of("apgd-ce", parts.group(2), Double.parseDouble(parts.group(3)));
            return Condition.worstCase(new AttackSet(parts.group(1), List.of(member)), SPLIT);
        }
        parts = TRANSFER.matcher(label);
        if (parts.matches()) {
            SourceModel source = new SourceModel(parts.group(1), KnownNames.NETWORKS.get(0), UNKNOWN_SOURCE);
            return Condition.transfer(source, attack(parts, 2), SPLIT);
        }
        throw new InvalidFieldException(
                "condition", label, "the label of a condition, such as clean, jpeg@3 or pgd-l2-10@0.5");
    }

    /** @param first group of the attack's name; its norm, steps, restarts and radius follow */
    private static AttackSettings attack(Matcher parts, int first) {
        String restarts = parts.group(first + 3);
        return AttackSettings.builder()
                .name(parts.group(first))
                .epsilon(Double.valueOf(parts.group(first + 4)))
                .steps(Integer.valueOf(parts.group(first + 2)))
                .norm(parts.group(first + 1))
                .restarts(restarts == null ? null : Integer.valueOf(restarts))
                .build();
    }

    /** Longer names first, for some begin like others. */
    private static String oneOf(List<String> names) {
        return names.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(", ")"));
    }
}
