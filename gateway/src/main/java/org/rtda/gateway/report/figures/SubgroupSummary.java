package org.rtda.gateway.report.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.RobustnessMetric.Failed;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.RobustnessMetric.Subgroup;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.contracts.result.SubgroupRow;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.metrics.Estimate;
import org.rtda.core.metrics.PairedDifference;
import org.rtda.report.Flag;

/**
 * The figures by subgroup of the final evaluations: of test images clean, attacked in the training ball, and the mean over the
 * corruptions of one severity; and of each external test set. Each stands beside that of all images of its set.
 */
public final class SubgroupSummary {
    /**
     * Which images, and how they were changed.
     *
     * @param set the split that they are of: {@code test} or {@code shift-LABEL}
     */
    public record Images(String label, Condition.Kind kind, String set) {
        public static final Images CLEAN = new Images(SubgroupRow.CLEAN, Condition.Kind.CLEAN, SplitNames.TEST);
        public static final Images ATTACKED = new Images(SubgroupRow.ATTACKED, Condition.Kind.ATTACK, SplitNames.TEST);
        public static final Images CORRUPTED =
                new Images(SubgroupRow.CORRUPTED, Condition.Kind.CORRUPTION, SplitNames.TEST);

        private static Images of(Condition shift) {
            return new Images(shift.split(), Condition.Kind.SHIFT, shift.split());
        }

        private boolean has(Condition condition) {
            return condition.kind() == kind
                    && (kind != Condition.Kind.SHIFT || condition.split().equals(set));
        }
    }

    /**
     * @param set as of its images
     * @param classCounts by label
     */
    public record Group(String set, String attribute, String value, List<Integer> classCounts, boolean small) {}

    public static final List<String> METRICS = List.of(FigureNames.BALANCED_ACCURACY, FigureNames.ACCURACY);

    private final String experiment;
    private final Findings findings;
    private final Map<Images, List<Measured>> conditions = new LinkedHashMap<>();

    public SubgroupSummary(String experiment, Findings findings) {
        this.experiment = experiment;
        this.findings = findings;
        List<Images> kinds = new ArrayList<>(List.of(Images.CLEAN, Images.ATTACKED, Images.CORRUPTED));
        findings.ofKind(Condition.Kind.SHIFT).forEach(m -> kinds.add(Images.of(m.condition())));
        for (Images images : kinds) {
            conditions.put(
                    images,
                    findings.ofKind(images.kind()).stream()
                            .filter(m -> m.subgroups() != null && images.has(m.condition()))
                            .toList());
        }
        conditions.values().removeIf(List::isEmpty);
    }

    /** Whether no condition was told by subgroup. */
    public boolean isEmpty() {
        return conditions.isEmpty();
    }

    /** Of a set, in the order of the evaluation. */
    public List<Images> images(String set) {
        return conditions.keySet().stream()
                .filter(images -> images.set().equals(set))
                .toList();
    }

    /** Test images first. */
    public List<String> sets() {
        return conditions.keySet().stream().map(Images::set).distinct().toList();
    }

    /** That are told by subgroup. */
    public List<Measured> conditions(Images images) {
        return conditions.getOrDefault(images, List.of());
    }

    /** In the order of the evaluation. */
    public List<Group> groups(String set) {
        Set<Group> groups = new LinkedHashSet<>();
        images(set).stream()
                .flatMap(images -> conditions(images).stream())
                .flatMap(m -> m.subgroups().stream())
                .forEach(s -> groups.add(new Group(set, s.attribute(), s.value(), s.classCounts(), s.small())));
        return List.copyOf(groups);
    }

    /** Every figure of every subgroup, those of one subgroup together. */
    public List<SubgroupRow> rows() {
        List<SubgroupRow> rows = new ArrayList<>();
        for (String set : sets()) {
            for (Group group : groups(set)) {
                images(set).forEach(images -> METRICS.forEach(metric -> rows.add(row(group, images, metric))));
            }
        }
        return withWorst(rows);
    }

    /** Of the whole; empty where a condition is missing or none is told by subgroup. */
    public Optional<Figure> whole(Images images, String metric) {
        List<Optional<Figure>> parts = conditions(images).stream()
                .map(m -> Findings.defined(m, metric))
                .toList();
        return parts.isEmpty() || gap(images).isPresent() || parts.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : Optional.of(mean(parts.stream().map(Optional::get).toList()));
    }

    /** Of the gates that its conditions fail. */
    public List<Flag> flags(Images images) {
        return findings.flags(conditions(images));
    }

    private SubgroupRow row(Group group, Images images, String metric) {
        Figure figure = figure(group, images, metric);
        Optional<Figure> whole = whole(images, metric);
        Optional<Estimate> difference = figure.value() == null
                ? Optional.empty()
                : whole.map(all -> PairedDifference.ofFigures(estimate(figure), estimate(all)));
        return SubgroupRow.builder()
                .experiment(experiment)
                .attribute(group.attribute())
                .subgroup(group.value())
                .classCounts(group.classCounts())
                .small(group.small())
                .images(images.label())
                .conditions(conditions(images).stream()
                        .map(m -> m.condition().label())
                        .toList())
                .metric(metric)
                .value(figure.value())
                .low(figure.low())
                .high(figure.high())
                .n(figure.n())
                .note(figure.value() == null ? figure.note() : null)
                .whole(whole.map(Figure::value).orElse(null))
                .difference(difference.map(Estimate::value).orElse(null))
                .differenceLow(difference.map(Estimate::low).orElse(null))
                .differenceHigh(difference.map(Estimate::high).orElse(null))
                .worst(false)
                .failedGates(flags(images).stream().map(Flag::name).toList())
                .split(images.set())
                .build();
    }

    private Figure figure(Group group, Images images, String metric) {
        int n = group.classCounts().stream().mapToInt(Integer::intValue).sum();
        Optional<String> gap = gap(images);
        if (gap.isPresent()) {
            return Figure.undefined(metric, n, gap.get());
        }
        List<Figure> parts = new ArrayList<>();
        for (Measured m : conditions(images)) {
            Optional<Figure> part = m.subgroups().stream()
                    .filter(s -> isOf(s, group))
                    .flatMap(s -> s.values().stream())
                    .filter(f -> f.metric().equals(metric))
                    .findFirst();
            if (part.isEmpty() || part.get().value() == null) {
                return Figure.undefined(
                        metric,
                        n,
                        part.map(Figure::note)
                                .orElse("not measured under " + m.condition().label()));
            }
            parts.add(part.get());
        }
        return mean(parts);
    }

    private static boolean isOf(Subgroup subgroup, Group group) {
        return subgroup.attribute().equals(group.attribute())
                && subgroup.value().equals(group.value());
    }

    /**
     * Why there is no mean, where a condition is missing: one over those that are left would be a mean of something else. What one
     * evaluation could not measure another may have measured.
     */
    private Optional<String> gap(Images images) {
        if (!images.equals(Images.CORRUPTED)) {
            return Optional.empty();
        }
        Set<String> told = new HashSet<>();
        Set<Integer> severities = new HashSet<>();
        for (Measured m : conditions(images)) {
            told.add(Findings.keyOf(m.condition()));
            severities.add(m.condition().severity());
        }
        if (missing(findings.failed().stream().map(Failed::condition), severities, told) > 0) {
            return Optional.of("a corruption of this severity failed: no mean is given");
        }
        long missing = missing(findings.planned(), severities, told);
        return missing == 0
                ? Optional.empty()
                : Optional.of(told.size() + " of " + (told.size() + missing) + " conditions are measured");
    }

    private static long missing(Stream<Condition> conditions, Set<Integer> severities, Set<String> told) {
        return conditions
                .filter(condition ->
                        condition.kind() == Condition.Kind.CORRUPTION && severities.contains(condition.severity()))
                .map(Findings::keyOf)
                .filter(key -> !told.contains(key))
                .distinct()
                .count();
    }

    /** Its interval is the mean of the ends: the images are the same, so it is no narrower than it should be. */
    private static Figure mean(List<Figure> parts) {
        return new Figure(
                parts.get(0).metric(),
                parts.stream().mapToDouble(Figure::value).average().orElseThrow(),
                parts.stream().mapToDouble(Figure::low).average().orElseThrow(),
                parts.stream().mapToDouble(Figure::high).average().orElseThrow(),
                parts.stream().mapToInt(Figure::n).min().orElseThrow(),
                null);
    }

    private static Estimate estimate(Figure figure) {
        return new Estimate(figure.value(), figure.low(), figure.high(), figure.n());
    }

    private List<SubgroupRow> withWorst(List<SubgroupRow> rows) {
        List<SubgroupRow> marked = new ArrayList<>(rows);
        for (Images images : conditions.keySet()) {
            for (String metric : METRICS) {
                List<SubgroupRow> defined = rows.stream()
                        .filter(row -> row.images().equals(images.label())
                                && row.metric().equals(metric)
                                && row.value() != null)
                        .toList();
                boolean anyLarge = defined.stream().anyMatch(row -> !row.small());
                defined.stream()
                        .filter(row -> !anyLarge || !row.small())
                        .min(Comparator.comparingDouble(SubgroupRow::value))
                        .ifPresent(worst -> marked.set(rows.indexOf(worst), worst.asWorst()));
            }
        }
        return List.copyOf(marked);
    }
}
