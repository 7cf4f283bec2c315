package org.rtda.evaluator.lifecycle;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.MetricSubject;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.suite.Suite;
import org.rtda.evaluator.suite.SuiteSubject;
import org.rtda.evaluator.suite.Suites;
import org.rtda.evaluator.suite.TransferSuite;

/**
 * The conditions under which a checkpoint is evaluated.
 *
 * @param evaluationId see {@link EvaluationIds}
 * @param suite as {@link Suite#name} has it
 * @param images how many of each split's images, drawn by class; 0 for all
 * @param conditions no two with one label
 */
public record EvaluationPlan(
        CheckpointSaved checkpoint, String evaluationId, String suite, int images, List<Condition> conditions) {
    /** Kinds for which nobody is ever asked for adversarial images. */
    private static final Set<Condition.Kind> MEASURED_HERE =
            EnumSet.of(Condition.Kind.CLEAN, Condition.Kind.CORRUPTION, Condition.Kind.SHIFT);

    public EvaluationPlan {
        conditions = List.copyOf(conditions);
    }

    /**
     * What the experiment's own settings ask for. Empty when it wants no evaluation of this checkpoint.
     *
     * @param manifest empty when it cannot be read: the plan's one condition tells why when it is measured
     */
    public static Optional<EvaluationPlan> of(CheckpointSaved checkpoint, Optional<DatasetManifest> manifest) {
        return checkpoint.ownEvaluation().map(id -> of(checkpoint, id.text(), ownSuite(checkpoint), manifest));
    }

    /**
     * What somebody asks for.
     *
     * @param manifest as above
     * @throws InvalidFieldException when the command contradicts itself
     */
    public static EvaluationPlan of(EvaluationCommand command, Optional<DatasetManifest> manifest) {
        CheckpointSaved checkpoint = command.checkpoint();
        Suite suite = command.transferFrom() == null
                ? Suites.named(command.suite())
                : new TransferSuite(command.transferFrom(), command.epsilon());
        return of(checkpoint, EvaluationIds.evaluation(checkpoint, command.name()), suite, manifest);
    }

    /** That of the evaluation which the experiment's own settings ask for. */
    static Suite ownSuite(CheckpointSaved checkpoint) {
        return checkpoint.last() ? Suites.named(checkpoint.spec().evaluation().suite()) : Suites.QUICK;
    }

    private static EvaluationPlan of(
            CheckpointSaved checkpoint, String evaluationId, Suite suite, Optional<DatasetManifest> manifest) {
        if (manifest.isEmpty()) {
            return new EvaluationPlan(
                    checkpoint, evaluationId, suite.name(), 0, List.of(Condition.clean(suite.split())));
        }
        SuiteSubject subject = SuiteSubject.of(checkpoint, manifest.get());
        return new EvaluationPlan(
                checkpoint, evaluationId, suite.name(), suite.images(subject), onePerLabel(suite.conditions(subject)));
    }

    /** Radii that agree to the four digits of a label are one condition: results are named by label. */
    private static List<Condition> onePerLabel(List<Condition> conditions) {
        Set<String> labels = new HashSet<>();
        return conditions.stream().filter(c -> labels.add(c.label())).toList();
    }

    /**
     * The conditions of another plan of the same evaluation, which was published first: perhaps by an earlier build, or because of
     * another command of its name.
     *
     * @param manifest as above
     */
    EvaluationPlan as(RobustnessMetric.Planned first, Optional<DatasetManifest> manifest) {
        int asPlanned = first.suite().equals(suite)
                ? images
                : manifest.map(known -> Suites.images(first.suite(), SuiteSubject.of(checkpoint, known)))
                        .orElse(0);
        return new EvaluationPlan(checkpoint, evaluationId, first.suite(), asPlanned, first.conditions());
    }

    public RobustnessMetric.Planned planned(Instant now) {
        return RobustnessMetric.Planned.builder()
                .id(EvaluationIds.planned(evaluationId))
                .time(now)
                .experimentId(checkpoint.experimentId())
                .evaluationId(evaluationId)
                .attempt(checkpoint.attempt())
                .epoch(checkpoint.epoch())
                .step(checkpoint.step())
                .last(checkpoint.last())
                .suite(suite)
                .conditions(conditions)
                .subject(MetricSubject.of(checkpoint.spec()).in(suite, evaluationId))
                .build();
    }

    /** One task a condition, in the order of the conditions. */
    public List<EvaluationTask> tasks(Instant now) {
        return conditions.stream()
                .map(condition -> new EvaluationTask(
                        EvaluationIds.task(evaluationId, condition),
                        now,
                        Event.SCHEMA_VERSION,
                        checkpoint.experimentId(),
                        evaluationId,
                        checkpoint,
                        condition,
                        images,
                        suite))
                .toList();
    }

    /** Whether somebody may be asked for adversarial images. */
    static boolean needsAttackers(Condition condition) {
        return !MEASURED_HERE.contains(condition.kind());
    }
}
