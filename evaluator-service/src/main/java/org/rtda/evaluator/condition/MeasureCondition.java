package org.rtda.evaluator.condition;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.Figure;
import org.rtda.contracts.RobustnessMetric.Subgroup;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.attack.AdversarialImages;
import org.rtda.evaluator.attack.AttackedBatches;
import org.rtda.evaluator.context.EvaluationContext;
import org.rtda.evaluator.context.ModelCache;
import org.rtda.evaluator.figures.Figures;
import org.rtda.evaluator.figures.ModelAnswers;
import org.rtda.evaluator.figures.SubgroupFigures;
import org.rtda.evaluator.suite.SubgroupConditions;
import org.rtda.evaluator.suite.SuiteSubject;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;

/** Judges one checkpoint's ONNX model under one condition. Safe for use by several threads. */
public final class MeasureCondition {
    private final DatasetReader datasets;
    private final ModelCache models;
    private final EvaluationArtifacts keepsakes;
    private final WorkProgress progress;
    private final Consumer<EvaluationTask> betweenBatches;
    private final Map<Condition.Kind, ConditionKind> kinds;
    private final CalibratedThresholds thresholds;
    private final ImageSubgroups subgroups;

    /**
     * @param store keeps predictions and galleries, and carries images to attackers
     * @param instance where answers to attack requests come back
     */
    public MeasureCondition(
            DatasetReader datasets,
            ModelCache models,
            ArtifactStore store,
            AdversarialImages attacks,
            String instance,
            WorkProgress progress,
            Clock clock) {
        this(datasets, models, store, attacks, instance, progress, clock, any -> {});
    }

    /**
     * As above.
     *
     * @param betweenBatches is told the task after each batch that the model judged, and before anything is kept of it; it may wait, and
     *     throws where nobody wants the task any more
     */
    public MeasureCondition(
            DatasetReader datasets,
            ModelCache models,
            ArtifactStore store,
            AdversarialImages attacks,
            String instance,
            WorkProgress progress,
            Clock clock,
            Consumer<EvaluationTask> betweenBatches) {
        this.datasets = datasets;
        this.models = models;
        this.keepsakes = new EvaluationArtifacts(store);
        this.progress = progress;
        this.betweenBatches = betweenBatches;
        AttackedBatches run =
                new AttackedBatches(attacks, new Payloads(store, Payloads.DEFAULT_INLINE_LIMIT_BYTES), instance, clock);
        this.kinds = Map.of(
                Condition.Kind.CLEAN, new UnperturbedCondition(),
                Condition.Kind.SHIFT, new UnperturbedCondition(),
                Condition.Kind.CORRUPTION, new CorruptionCondition(),
                Condition.Kind.ATTACK, new AttackCondition(run),
                Condition.Kind.ATTACKED_CORRUPTION, new AttackedCorruptionCondition(run),
                Condition.Kind.WORST_CASE, new WorstCaseCondition(run),
                Condition.Kind.TRANSFER, new TransferCondition(run),
                Condition.Kind.PROBE, new Probes(run));
        this.thresholds = new CalibratedThresholds(datasets, models, progress);
        this.subgroups = new ImageSubgroups(datasets);
    }

    /**
     * @return every figure of the condition, over the images that it is about; of a final checkpoint and of a named
     *     evaluation the predictions too, and a gallery where images were turned, kept in the store, and of some
     *     conditions the figures of each subgroup that the data set knows
     * @throws ConditionFailedException when the condition cannot be measured
     * @throws org.rtda.store.ArtifactException when an object is missing, altered or out of reach
     * @throws org.rtda.contracts.check.InvalidFieldException when the data set has no such split
     */
    public ConditionOutcome measure(EvaluationTask task) throws InterruptedException {
        EvaluationContext judging = new EvaluationContext(task, datasets, models, progress, betweenBatches);
        ConditionResult result = kinds.get(task.condition().kind()).measure(judging);
        List<Figure> figures = new ArrayList<>();
        if (result.answers() != null) {
            figures.addAll(figures(judging, result.answers()));
        }
        figures.addAll(result.figures());
        if (task.condition().goal() != null) {
            // which images are attacked, and towards which class, is decided by the healthy class: all figures rest on
            // it
            HealthyClass.of(judging.manifest())
                    .ifPresent(healthy -> figures.replaceAll(figure -> figure.dependingOn(healthy)));
        }
        // the images of an evaluation that has ended may be forgotten by now: nothing of them comes back
        betweenBatches.accept(task);
        return new ConditionOutcome(
                figures,
                keepPredictions(judging, result),
                keepGallery(judging, result),
                judging.subset(),
                subgroups(judging, result));
    }

    /** Null when there are none, or the condition is not told by subgroup. */
    private List<Subgroup> subgroups(EvaluationContext judging, ConditionResult result) {
        EvaluationTask task = judging.task();
        if (result.answers() == null
                || !EvaluationArtifacts.wanted(task)
                || !SubgroupConditions.has(task.condition(), SuiteSubject.of(task.checkpoint(), judging.manifest()))) {
            return null;
        }
        List<Subgroup> told = SubgroupFigures.of(
                result.answers(),
                judging.manifest().classes(),
                subgroups.of(task.checkpoint().dataset(), task.condition().split()));
        return told.isEmpty() ? null : told;
    }

    private List<Figure> figures(EvaluationContext judging, ModelAnswers answers) {
        DatasetManifest manifest = judging.manifest();
        EvaluationTask task = judging.task();
        return Figures.of(
                answers.logits(),
                answers.labels(),
                manifest.classes(),
                manifest.healthyClass(),
                thresholds.of(task.checkpoint(), manifest, task.condition().split()));
    }

    /** Null when none are kept. */
    private ObjectRef keepPredictions(EvaluationContext judging, ConditionResult result) {
        return result.answers() == null || !EvaluationArtifacts.wanted(judging.task())
                ? null
                : keepsakes.predictions(judging.task(), judging.manifest().classes(), result.answers());
    }

    /** Null when there is none. */
    private ObjectRef keepGallery(EvaluationContext judging, ConditionResult result) {
        return result.turned().isEmpty()
                ? null
                : keepsakes.gallery(judging.task(), judging.manifest().classes(), result.turned());
    }
}
