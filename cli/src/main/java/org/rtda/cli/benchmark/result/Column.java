package org.rtda.cli.benchmark.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.AttackKind;
import org.rtda.contracts.variant.CorruptionKind;
import org.rtda.core.metrics.Estimate;

/**
 * A column of the table: one condition, or the mean over several.
 *
 * @param kind of every one of its conditions
 * @param conditions labels, at least one
 */
public record Column(String name, Kind kind, List<String> conditions) {
    public static final String CLEAN = "clean";

    /** The column of the corruptions whose operation AugMix does not apply in training. */
    public static final String HELD_OUT = "held-out corruptions, mean";

    public enum Kind {
        CLEAN,
        /** Untargeted, by one attack or by the worst of a set. */
        ATTACK,
        /** An attack that wants a miss or a false alarm. */
        GOAL,
        /** As strong as an attack, but drawn: what an attack is compared with. */
        NOISE,
        CORRUPTION,
        ATTACKED_CORRUPTION,
        SHIFT,
        /** Made against another model; not a column, but a cell of the transfer matrix. */
        TRANSFER,
        /** No strength at all. */
        PROBE;

        public static Kind of(Condition condition) {
            return switch (condition.kind()) {
                case CLEAN -> CLEAN;
                case ATTACK ->
                    condition.attack().kind().family() == AttackKind.Family.NOISE
                            ? NOISE
                            : condition.goal() == null ? ATTACK : GOAL;
                case WORST_CASE -> ATTACK;
                case CORRUPTION -> CORRUPTION;
                case ATTACKED_CORRUPTION -> ATTACKED_CORRUPTION;
                case SHIFT -> SHIFT;
                case TRANSFER -> TRANSFER;
                case PROBE -> PROBE;
            };
        }
    }

    /** Clean images. */
    public static Column clean() {
        return of(Condition.clean(SplitNames.TEST));
    }

    public static Column of(Condition condition) {
        return new Column(condition.label(), Kind.of(condition), List.of(condition.label()));
    }

    /** Clean, each attack, corruptions in all and held out, each attacked corruption and shift; of those that any run has. */
    public static List<Column> shown(List<Run> runs) {
        List<Condition> conditions = conditions(runs);
        List<Column> columns = new ArrayList<>();
        for (Kind kind : List.of(Kind.CLEAN, Kind.ATTACK, Kind.GOAL, Kind.NOISE)) {
            columns.addAll(ofKind(conditions, kind));
        }
        List<Condition> corruptions = conditions.stream()
                .filter(condition -> condition.kind() == Condition.Kind.CORRUPTION)
                .toList();
        List<Condition> heldOut = corruptions.stream()
                .filter(condition ->
                        !CorruptionKind.named(condition.corruption()).isLikeAugMix())
                .toList();
        mean("corruptions, mean", ofKind(corruptions, Kind.CORRUPTION)).ifPresent(columns::add);
        mean(HELD_OUT, ofKind(heldOut, Kind.CORRUPTION)).ifPresent(columns::add);
        for (Kind kind : List.of(Kind.ATTACKED_CORRUPTION, Kind.SHIFT)) {
            columns.addAll(ofKind(conditions, kind));
        }
        return columns;
    }

    /** A column for each condition of the kind that any run has. */
    public static List<Column> ofKind(List<Condition> conditions, Kind kind) {
        return conditions.stream()
                .map(Column::of)
                .filter(column -> column.kind == kind)
                .toList();
    }

    /** The mean over the conditions of columns of one kind; empty where there are none. */
    public static Optional<Column> mean(String name, List<Column> columns) {
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new Column(
                        name,
                        columns.get(0).kind,
                        columns.stream()
                                .flatMap(column -> column.conditions.stream())
                                .toList()));
    }

    /** Those that any of the runs has, each once. */
    public static List<Condition> conditions(List<Run> runs) {
        Map<String, Condition> conditions = new LinkedHashMap<>();
        runs.forEach(run ->
                run.result().rows().forEach(row -> conditions.putIfAbsent(row.condition(), row.conditionDetails())));
        return List.copyOf(conditions.values());
    }

    /** The mean over the conditions. Empty unless all of them have a value: a mean over fewer would be of something else. */
    public OptionalDouble value(CellResult result, String metric) {
        double sum = 0;
        for (String condition : conditions) {
            ResultRow row = result.figure(condition, metric);
            if (row == null) {
                return OptionalDouble.empty();
            }
            sum += row.value();
        }
        return OptionalDouble.of(sum / conditions.size());
    }

    /**
     * What an answer that is the same for every image scores, on the mean over the conditions. Empty unless all of them say it.
     */
    public OptionalDouble constant(CellResult result, String metric) {
        double sum = 0;
        for (String condition : conditions) {
            ResultRow row = result.figure(condition, metric);
            if (row == null || row.constant() == null) {
                return OptionalDouble.empty();
            }
            sum += row.constant();
        }
        return OptionalDouble.of(sum / conditions.size());
    }

    /** Whether the metric rests, under one of the conditions, on a healthy class that nobody named. */
    public boolean assumesHealthyClass(CellResult result, String metric) {
        return conditions.stream()
                .map(condition -> result.figure(condition, metric))
                .anyMatch(row -> row != null && row.assumesHealthyClass());
    }

    /**
     * The mean with its interval over test images, the mean of the ends of the conditions' intervals: no narrower than it
     * should be, for they share their images. Only where {@link #value} is there.
     */
    Estimate overImages(CellResult result, String metric) {
        double low = 0;
        double high = 0;
        int images = Integer.MAX_VALUE;
        for (String condition : conditions) {
            ResultRow row = result.figure(condition, metric);
            low += row.low();
            high += row.high();
            images = Math.min(images, row.n());
        }
        return new Estimate(
                value(result, metric).getAsDouble(), low / conditions.size(), high / conditions.size(), images);
    }
}
