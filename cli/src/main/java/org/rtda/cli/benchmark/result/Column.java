package org.rtda.cli.benchmark.result;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.rtda.cli.rest.ResultEntry;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.core.metrics.Estimate;

/**
 * A column of the table: one condition, or the mean over several.
 *
 * @param conditions labels, at least one
 */
public record Column(String name, List<String> conditions) {
    public static final String CLEAN = "clean";

    /** Begins the label of images that were made against another model. */
    public static final String FROM = "from-";

    /** What AugMix does in training too; the others are held out. */
    private static final Set<String> AUGMENTED = Set.of("brightness", "contrast");

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
        PROBE
    }

    public static Kind kindOf(String condition) {
        if (condition.equals(CLEAN)) {
            return Kind.CLEAN;
        }
        if (condition.startsWith(DatasetManifest.SHIFT_PREFIX)) {
            return Kind.SHIFT;
        }
        if (condition.startsWith(FROM)) {
            return Kind.TRANSFER;
        }
        if (condition.startsWith("probe-")) {
            return Kind.PROBE;
        }
        if (condition.startsWith("random-noise-")) {
            return Kind.NOISE;
        }
        if (KnownNames.ATTACK_GOALS.stream().anyMatch(goal -> condition.startsWith(goal + "-"))) {
            return Kind.GOAL;
        }
        if (condition.contains("+")) {
            return Kind.ATTACKED_CORRUPTION;
        }
        int at = condition.indexOf('@');
        return at > 0 && KnownNames.CORRUPTIONS.contains(condition.substring(0, at)) ? Kind.CORRUPTION : Kind.ATTACK;
    }

    public static Column of(String condition) {
        return new Column(condition, List.of(condition));
    }

    /** Clean, each attack, corruptions in all and held out, each attacked corruption and shift; of those that any run has. */
    public static List<Column> shown(List<Run> runs) {
        List<String> conditions = conditions(runs);
        List<Column> columns = new ArrayList<>();
        conditions.stream().filter(c -> kindOf(c) == Kind.CLEAN).map(Column::of).forEach(columns::add);
        for (Kind kind : List.of(Kind.ATTACK, Kind.GOAL, Kind.NOISE)) {
            conditions.stream().filter(c -> kindOf(c) == kind).map(Column::of).forEach(columns::add);
        }
        List<String> corruptions =
                conditions.stream().filter(c -> kindOf(c) == Kind.CORRUPTION).toList();
        addMean(columns, "corruptions, mean", corruptions);
        addMean(
                columns,
                "held-out corruptions, mean",
                corruptions.stream()
                        .filter(c -> AUGMENTED.stream().noneMatch(c::startsWith))
                        .toList());
        for (Kind kind : List.of(Kind.ATTACKED_CORRUPTION, Kind.SHIFT)) {
            conditions.stream().filter(c -> kindOf(c) == kind).map(Column::of).forEach(columns::add);
        }
        return columns;
    }

    private static void addMean(List<Column> columns, String name, List<String> conditions) {
        if (!conditions.isEmpty()) {
            columns.add(new Column(name, conditions));
        }
    }

    public static List<String> conditions(List<Run> runs) {
        Set<String> conditions = new LinkedHashSet<>();
        runs.forEach(run -> run.result().rows().forEach(row -> conditions.add(row.condition())));
        return List.copyOf(conditions);
    }

    /** The mean over the conditions. Empty unless all of them have a value: a mean over fewer would be of something else. */
    public OptionalDouble value(CellResult result, String metric) {
        double sum = 0;
        for (String condition : conditions) {
            ResultEntry row = result.figure(condition, metric);
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
            ResultEntry row = result.figure(condition, metric);
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
            ResultEntry row = result.figure(condition, metric);
            low += row.low();
            high += row.high();
            images = Math.min(images, row.n());
        }
        return new Estimate(
                value(result, metric).getAsDouble(), low / conditions.size(), high / conditions.size(), images);
    }
}
