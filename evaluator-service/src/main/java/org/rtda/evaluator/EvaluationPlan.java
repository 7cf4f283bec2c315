package org.rtda.evaluator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.rtda.contracts.AttackSettings;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.Condition;
import org.rtda.contracts.DatasetManifest;
import org.rtda.contracts.EvaluationSettings;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.Event;
import org.rtda.contracts.KnownNames;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;

/**
 * What a checkpoint is judged under.
 *
 * @param suite {@code quick} or {@code standard}
 * @param images how many of each split's images, the first ones; 0 for all
 * @param conditions no two with one label
 */
record EvaluationPlan(CheckpointSaved checkpoint, String suite, int images, List<Condition> conditions) {
    static final String QUICK = "quick";
    static final String STANDARD = "standard";

    private static final String VALIDATION = "val";
    private static final String TEST = "test";
    private static final int SEVERITIES = 5;
    private static final int QUICK_SEVERITY = 3;
    private static final List<String> QUICK_CORRUPTIONS = List.of("gaussian-noise", "contrast-down");

    EvaluationPlan {
        conditions = List.copyOf(conditions);
    }

    /** Empty when the experiment wants no evaluation of this checkpoint. */
    static Optional<EvaluationPlan> of(CheckpointSaved checkpoint, DatasetManifest manifest) {
        if (!isDue(checkpoint)) {
            return Optional.empty();
        }
        EvaluationSettings settings =
                checkpoint.spec().evaluation().resolvedFor(manifest.channels(), manifest.height(), manifest.width());
        AttackSettings trainedAgainst =
                checkpoint.spec().attack().resolvedFor(manifest.channels(), manifest.height(), manifest.width());
        return Optional.of(
                checkpoint.last()
                        ? standard(checkpoint, settings, trainedAgainst, manifest)
                        : quick(checkpoint, settings, trainedAgainst));
    }

    /** A plan whose one condition tells, when it is measured, why the data set cannot be read. */
    static Optional<EvaluationPlan> withoutManifest(CheckpointSaved checkpoint) {
        if (!isDue(checkpoint)) {
            return Optional.empty();
        }
        return Optional.of(
                checkpoint.last()
                        ? new EvaluationPlan(checkpoint, STANDARD, 0, List.of(Condition.clean(TEST)))
                        : new EvaluationPlan(checkpoint, QUICK, 0, List.of(Condition.clean(VALIDATION))));
    }

    private static boolean isDue(CheckpointSaved checkpoint) {
        int everyEpochs = checkpoint.spec().evaluation().everyEpochs();
        return checkpoint.last() || everyEpochs > 0 && checkpoint.epoch() % everyEpochs == 0;
    }

    private static EvaluationPlan quick(
            CheckpointSaved checkpoint, EvaluationSettings settings, AttackSettings trainedAgainst) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.clean(VALIDATION));
        conditions.add(Condition.attack(
                attack(trainedAgainst.name(), trainedAgainst.epsilon(), settings.attackSteps()), VALIDATION));
        for (String corruption : QUICK_CORRUPTIONS) {
            conditions.add(Condition.corruption(corruption, QUICK_SEVERITY, VALIDATION));
        }
        return new EvaluationPlan(checkpoint, QUICK, settings.quickImages(), conditions);
    }

    private static EvaluationPlan standard(
            CheckpointSaved checkpoint,
            EvaluationSettings settings,
            AttackSettings trainedAgainst,
            DatasetManifest manifest) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.clean(TEST));
        TreeSet<Double> epsilons = new TreeSet<>(settings.epsilons());
        boolean trainedInL2 = trainedAgainst.name().equals("pgd-l2");
        if (trainedInL2) {
            epsilons.add(trainedAgainst.epsilon());
        }
        for (double epsilon : epsilons) {
            conditions.add(Condition.attack(attack("pgd-l2", epsilon, settings.attackSteps()), TEST));
        }
        if (!trainedInL2) {
            conditions.add(Condition.attack(
                    attack(trainedAgainst.name(), trainedAgainst.epsilon(), settings.attackSteps()), TEST));
        }
        for (String corruption : KnownNames.CORRUPTIONS) {
            for (int severity = 1; severity <= SEVERITIES; severity++) {
                conditions.add(Condition.corruption(corruption, severity, TEST));
            }
        }
        manifest.splits().keySet().stream()
                .filter(split -> split.startsWith(DatasetManifest.SHIFT_PREFIX))
                .sorted()
                .forEach(split -> conditions.add(Condition.shift(split)));
        return new EvaluationPlan(checkpoint, STANDARD, settings.testImages(), onePerLabel(conditions));
    }

    private static AttackSettings attack(String name, double epsilon, int steps) {
        return AttackSettings.pgd(name, epsilon, steps, null, true);
    }

    /** Radii that agree to the four digits of a label are one condition: results are named by label. */
    private static List<Condition> onePerLabel(List<Condition> conditions) {
        TreeSet<String> labels = new TreeSet<>();
        return conditions.stream().filter(c -> labels.add(c.label())).toList();
    }

    String evaluationId() {
        return EvaluationIds.evaluation(checkpoint);
    }

    RobustnessMetric.Planned planned(Instant now) {
        return new RobustnessMetric.Planned(
                EvaluationIds.planned(evaluationId()),
                now,
                Event.SCHEMA_VERSION,
                checkpoint.experimentId(),
                evaluationId(),
                checkpoint.attempt(),
                checkpoint.epoch(),
                checkpoint.step(),
                checkpoint.last(),
                suite,
                conditions);
    }

    /** One task a condition, in the order of the conditions. */
    List<EvaluationTask> tasks(Instant now) {
        return conditions.stream()
                .map(condition -> new EvaluationTask(
                        EvaluationIds.task(evaluationId(), condition),
                        now,
                        Event.SCHEMA_VERSION,
                        checkpoint.experimentId(),
                        evaluationId(),
                        checkpoint,
                        condition,
                        images))
                .toList();
    }

    /** Partition of the task at this place: one after the other, so that replicas share an evaluation evenly. */
    int taskPartition(int place) {
        Topic topic = Topic.EVALUATION_REQUESTS;
        return topic.partitionFor(Math.floorMod(evaluationId().hashCode(), topic.partitions()) + (long) place, 0, 1);
    }
}
