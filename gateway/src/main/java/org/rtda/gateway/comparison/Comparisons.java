package org.rtda.gateway.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rtda.contracts.Figure;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.variant.AttackKind;
import org.rtda.core.comparison.MeanOverSeeds;
import org.rtda.core.comparison.PairedComparison;
import org.rtda.core.metrics.Estimate;
import org.rtda.gateway.comparison.ComparisonDocument.ComparedCondition;
import org.rtda.gateway.comparison.ComparisonDocument.Group;
import org.rtda.gateway.comparison.ComparisonDocument.GroupDifference;
import org.rtda.gateway.comparison.ComparisonDocument.GroupFigure;
import org.rtda.gateway.comparison.ComparisonDocument.Shown;
import org.rtda.gateway.problem.ProblemException;

/** Compares experiments by the statistics of {@link PairedComparison}. */
public final class Comparisons {
    private static final String METHOD = "method";

    private final List<ComparedRun> runs;
    private final List<ComparedGroup> groups;
    private final KeptAnswers kept;

    private Comparisons(List<ComparedRun> runs, Function<ObjectRef, Optional<Predictions>> store) {
        this.runs = runs;
        this.groups = ComparedGroup.of(runs);
        this.kept = new KeptAnswers(store);
    }

    /**
     * @param runs at least one; those of the first one's group are compared with the others
     * @param conditions labels; empty for clean images, untargeted attacks, worst cases and shifts
     * @param store reads predictions, of several threads; empty where they are not there
     * @param readers on which it is asked
     * @throws ProblemException 400 where the runs are not of one data set, two are the same run, or a condition was not
     *     measured by any of them
     */
    public static ComparisonDocument of(
            List<ComparedRun> runs,
            List<String> conditions,
            Function<ObjectRef, Optional<Predictions>> store,
            Executor readers) {
        requireOneDataset(runs);
        Comparisons comparisons = new Comparisons(List.copyOf(runs), store);
        List<Condition> chosen = comparisons.chosen(conditions);
        comparisons.kept.readAhead(comparisons.lookedAt(chosen), readers);
        return comparisons.document(chosen);
    }

    /**
     * Whether a comparison looks at the outcomes of a condition. If conditions are named, all outcomes are read, because the refusal
     * of an unknown name lists what was measured.
     *
     * @param labels as {@link #of} takes them
     */
    public static boolean looksAt(Condition condition, List<String> labels) {
        return !labels.isEmpty() || isHeadline(condition);
    }

    /** Whether a model gives a constant answer is asked of its clean images, whatever is compared. */
    private List<Measured> lookedAt(List<Condition> conditions) {
        return runs.stream()
                .flatMap(run -> Stream.concat(
                        run.measured().stream()
                                .filter(measured -> measured.condition().kind() == Condition.Kind.CLEAN),
                        conditions.stream().flatMap(condition -> run.under(condition).stream())))
                .toList();
    }

    private static void requireOneDataset(List<ComparedRun> runs) {
        DatasetRef first = runs.get(0).submit().dataset();
        for (ComparedRun run : runs) {
            DatasetRef other = run.submit().dataset();
            if (!other.equals(first)) {
                throw ProblemException.badValue(
                        "experiments",
                        run.experiment(),
                        "experiments on the same version of one data set: "
                                + runs.get(0).experiment() + " is on "
                                + first.name() + ", this one on "
                                + (other.name().equals(first.name()) ? "another version of it" : other.name()));
            }
        }
    }

    private List<Condition> chosen(List<String> labels) {
        List<Condition> measured = runs.stream()
                .flatMap(run -> run.measured().stream())
                .map(Measured::condition)
                .toList();
        if (labels.isEmpty()) {
            return unique(measured.stream().filter(Comparisons::isHeadline).toList());
        }
        List<Condition> wanted = new ArrayList<>();
        for (String label : labels) {
            wanted.add(measured.stream()
                    .filter(condition -> condition.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.badValue(
                            "condition",
                            label,
                            "one of "
                                    + measured.stream()
                                            .map(Condition::label)
                                            .distinct()
                                            .toList())));
        }
        return unique(wanted);
    }

    private static boolean isHeadline(Condition condition) {
        return switch (condition.kind()) {
            case CLEAN, WORST_CASE, SHIFT -> true;
            case ATTACK -> condition.goal() == null && condition.attack().kind().family() != AttackKind.Family.NOISE;
            case CORRUPTION, ATTACKED_CORRUPTION, TRANSFER, PROBE -> false;
        };
    }

    private static List<Condition> unique(List<Condition> conditions) {
        Set<String> seen = new LinkedHashSet<>();
        return conditions.stream()
                .filter(condition -> seen.add(condition.key()))
                .toList();
    }

    private ComparisonDocument document(List<Condition> conditions) {
        List<Optional<Boolean>> constant =
                groups.stream().map(group -> group.isConstant(kept)).toList();
        List<String> differing = differing();
        return new ComparisonDocument(
                runs.get(0).submit().dataset().name(),
                IntStream.range(0, groups.size())
                        .mapToObj(i ->
                                group(groups.get(i), differing, constant.get(i).orElse(null)))
                        .toList(),
                differing,
                conditions.stream()
                        .map(condition -> compared(condition, constant))
                        .toList());
    }

    private List<String> differing() {
        Set<String> fields = new TreeSet<>();
        groups.forEach(group -> group.specification().fieldNames().forEachRemaining(fields::add));
        return fields.stream()
                .filter(field -> groups.stream()
                                .map(group -> group.specification().get(field))
                                .distinct()
                                .count()
                        > 1)
                .toList();
    }

    private static Group group(ComparedGroup group, List<String> differing, Boolean constant) {
        return new Group(
                name(group.specification(), differing),
                group.runs().values().stream().map(ComparedRun::experiment).toList(),
                List.copyOf(group.runs().keySet()),
                group.specification(),
                constant);
    }

    /** Fields that are objects are named alone: what differs in them is in the specification. */
    private static String name(ObjectNode specification, List<String> differing) {
        StringBuilder name = new StringBuilder(specification.path(METHOD).asText());
        for (String field : differing) {
            JsonNode value = specification.get(field);
            if (!field.equals(METHOD) && value != null && value.isValueNode()) {
                name.append(", ").append(field).append(' ').append(value.asText());
            }
        }
        return name.toString();
    }

    private ComparedCondition compared(Condition condition, List<Optional<Boolean>> constant) {
        return new ComparedCondition(
                condition.label(),
                condition,
                condition.attack() == null ? null : condition.attack().kind().family(),
                figures(condition),
                differences(condition, constant));
    }

    private List<GroupFigure> figures(Condition condition) {
        List<String> metrics = runs.stream()
                .flatMap(run -> run.under(condition).stream())
                .flatMap(measured -> measured.values().stream())
                .map(Figure::metric)
                .distinct()
                .toList();
        List<GroupFigure> figures = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            for (String metric : metrics) {
                List<Estimate> ofRuns = groups.get(group).figures(condition, metric);
                int place = group;
                MeanOverSeeds.of(ofRuns)
                        .ifPresent(mean -> figures.add(new GroupFigure(
                                place,
                                metric,
                                mean,
                                ofRuns.stream().mapToInt(Estimate::n).min().orElseThrow(),
                                groups.get(place).subset(condition).orElse(null),
                                groups.get(place).failedGates(condition))));
            }
        }
        return figures;
    }

    private List<GroupDifference> differences(Condition condition, List<Optional<Boolean>> constant) {
        var first = groups.get(0).outcomes(condition, kept);
        List<Integer> places = new ArrayList<>();
        List<PairedComparison> family = new ArrayList<>();
        for (int group = 1; group < groups.size(); group++) {
            int place = group;
            PairedComparison.of(first, groups.get(group).outcomes(condition, kept))
                    .ifPresent(comparison -> {
                        places.add(place);
                        family.add(comparison);
                    });
        }
        List<PairedComparison> corrected = PairedComparison.corrected(family);
        return IntStream.range(0, corrected.size())
                .mapToObj(i -> difference(
                        places.get(i),
                        corrected.get(i),
                        constant.get(0).orElse(false)
                                || constant.get(places.get(i)).orElse(false)))
                .toList();
    }

    private static GroupDifference difference(int place, PairedComparison comparison, boolean constant) {
        return new GroupDifference(
                place,
                comparison.seeds(),
                comparison.accuracy(),
                comparison.balancedAccuracy(),
                comparison.ofSeeds(),
                comparison.combined(),
                comparison.combinedHolm(),
                Shown.of(comparison, constant));
    }
}
