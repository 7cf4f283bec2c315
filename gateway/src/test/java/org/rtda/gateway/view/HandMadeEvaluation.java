package org.rtda.gateway.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.Gallery;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.Subset;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSet;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.contracts.settings.SourceModel;
import org.rtda.core.ImageBatch;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;

/**
 * A finished experiment with a full evaluation, a condition of every kind. No two figures have the same value or n, so that
 * each is found in a page by its number.
 */
public final class HandMadeEvaluation {
    public static final Condition TRAINED = pgd(0.5);
    static final AttackSet SET = new AttackSet(
            "aa-binary", List.of(AttackSettings.of("apgd-ce", "l2", 0.5), AttackSettings.of("square", "l2", 0.5)));
    private static final ObjectRef WEIGHTS = new ObjectRef("experiments/exp-2/checkpoints/weights", "cd".repeat(32), 8);

    public final ViewEvents events = new ViewEvents("exp-1");
    public final InMemoryArtifactStore store = new InMemoryArtifactStore();
    public final TestReadModel model = new TestReadModel();
    public final ExperimentViews views = model.views;
    public final List<RobustnessMetric.Measured> measured = new ArrayList<>();
    private final List<String> classes;
    private final List<Condition> planned = new ArrayList<>();
    private int figures;

    public HandMadeEvaluation(String diseased, String provenance) {
        classes = List.of("benign", diseased);
        DatasetManifest manifest = DatasetManifest.builder()
                .name("phantoms")
                .channels(1)
                .height(2)
                .width(2)
                .classes(classes)
                .splits(Map.of(
                        "train", new DatasetManifest.Split(120, List.of(70, 50), List.of()),
                        "test", new DatasetManifest.Split(40, List.of(22, 18), List.of())))
                .sourceSha256(Map.of("train", "ab".repeat(32)))
                .provenance(provenance)
                .licence("CC0")
                .importedAt(ViewEvents.TIME)
                .modality("mammogram")
                .healthyClass(0)
                .build();
        model.apply(new ExperimentCommand.Submit(
                "submit",
                ViewEvents.TIME,
                1,
                "exp-1",
                spec(),
                new DatasetRef("phantoms", kept("datasets/phantoms/manifests/1.json", manifest))));
        for (long step = 1; step <= 30; step++) {
            model.apply(events.training(1, step));
        }
        model.apply(events.status(1, ExperimentStatus.State.TRAINED, 100));
        model.apply(events.checkpoint(1, 10, true, ViewEvents.OBJECT));
    }

    private static ExperimentSpec spec() {
        return ExperimentSpec.builder()
                .dataset("phantoms")
                .attack(AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(0.5)
                        .steps(7)
                        .build())
                .build();
    }

    static Condition pgd(double epsilon) {
        return ViewEvents.pgd(epsilon);
    }

    ObjectRef kept(String key, Object document) {
        return store.put(key, EventCodec.write(document));
    }

    public HandMadeEvaluation withEveryKind() {
        measure(
                ViewEvents.CLEAN,
                predictions(ViewEvents.CLEAN, List.of(0, 0, 1, 1), List.of(0.9, 0.7, 0.65, 0.55)),
                null);
        measure(pgd(0.25), null, null);
        measure(TRAINED, predictions(TRAINED, List.of(1, 0, 0, 1), List.of(0.501, 0.603, 0.701, 0.803)), gallery());
        measure(pgd(1), null, null);
        measure(Condition.attack(AttackSettings.of("random-noise", "l2", 0.5), "test"), null, null);
        measure(Condition.attack(AttackSettings.of("fgsm", "linf", 0.03), "test"), null, null);
        for (String goal : List.of("miss", "false-alarm")) {
            measure(
                    Condition.attack(
                            AttackSettings.builder()
                                    .name("pgd-l2")
                                    .epsilon(0.5)
                                    .steps(10)
                                    .build(),
                            goal,
                            "test"),
                    null,
                    null);
        }
        measure(Condition.worstCase(SET, "test"), null, null);
        measure(
                Condition.transfer(
                        new SourceModel("exp-2", "resnet8", WEIGHTS), AttackSettings.of("apgd-ce", "l2", 0.5), "test"),
                null,
                null);
        for (String corruption : List.of("gaussian-noise", "jpeg", "brightness-up")) {
            for (int severity = 1; severity <= 5; severity++) {
                measure(Condition.corruption(corruption, severity, "test"), null, null);
            }
        }
        measure(
                Condition.attackedCorruption(
                        AttackSettings.builder()
                                .name("pgd-l2")
                                .epsilon(0.5)
                                .steps(10)
                                .build(),
                        "gaussian-noise",
                        3,
                        "test"),
                null,
                null);
        measure(Condition.shift("shift-other-scanner"), null, null);
        return this;
    }

    /** Figures with the next numbers. */
    public void measure(Condition condition, ObjectRef predictions, ObjectRef gallery) {
        List<Figure> values = new ArrayList<>();
        for (String metric : List.of(
                FigureNames.ACCURACY,
                FigureNames.MAJORITY_RATE,
                FigureNames.BALANCED_ACCURACY,
                FigureNames.AUROC,
                FigureNames.SENSITIVITY,
                FigureNames.SPECIFICITY,
                FigureNames.SENSITIVITY + FigureNames.AT_CALIBRATED,
                FigureNames.SPECIFICITY + FigureNames.AT_CALIBRATED,
                "accuracy of benign",
                FigureNames.CALIBRATION_ERROR,
                FigureNames.BRIER_SCORE)) {
            double value = 0.95 - 0.002 * figures;
            values.add(new Figure(metric, value, value - 0.045, value + 0.033, 1000 + figures, null));
            figures++;
        }
        measure(condition, values, predictions, gallery);
    }

    public void measureBySubgroup(Condition condition, List<Figure> values, RobustnessMetric.Subgroup... subgroups) {
        RobustnessMetric.Measured result = RobustnessMetric.Measured.builder()
                .id("exp-1/epoch-00010/" + condition.label())
                .time(ViewEvents.TIME)
                .experimentId("exp-1")
                .evaluationId("exp-1/epoch-00010")
                .epoch(10)
                .last(true)
                .condition(condition)
                .values(values)
                .subgroups(List.of(subgroups))
                .build();
        planned.add(condition);
        measured.add(result);
        model.apply(result);
    }

    public void measure(Condition condition, List<Figure> values, ObjectRef predictions, ObjectRef gallery) {
        RobustnessMetric.Measured result = RobustnessMetric.Measured.builder()
                .id("exp-1/epoch-00010/" + condition.label())
                .time(ViewEvents.TIME)
                .experimentId("exp-1")
                .evaluationId("exp-1/epoch-00010")
                .epoch(10)
                .last(true)
                .condition(condition)
                .values(values)
                .predictions(predictions)
                .gallery(gallery)
                .build();
        planned.add(condition);
        measured.add(result);
        model.apply(result);
    }

    /** Clean accuracy of 80 of the 160 test images, and of the 30 of them that are of one class. */
    public void measureDrawn() {
        RobustnessMetric.Measured result = RobustnessMetric.Measured.builder()
                .id("exp-1/epoch-00010/clean")
                .time(ViewEvents.TIME)
                .experimentId("exp-1")
                .evaluationId("exp-1/epoch-00010")
                .epoch(10)
                .last(true)
                .condition(ViewEvents.CLEAN)
                .values(List.of(
                        new Figure(FigureNames.ACCURACY, 0.75, 0.625, 0.875, 80, null),
                        new Figure(FigureNames.SENSITIVITY, 0.5, 0.25, 0.75, 30, null)))
                .subset(new Subset(80, 160))
                .build();
        planned.add(ViewEvents.CLEAN);
        measured.add(result);
        model.apply(result);
    }

    public void fail(Condition condition, String reason) {
        planned.add(condition);
        model.apply(events.failed(10, true, condition, reason));
    }

    public void gate(String gate, Outcome outcome, List<String> concerns, String finding) {
        model.apply(RobustnessMetric.Gate.builder()
                .id("exp-1/epoch-00010/gate/" + gate)
                .time(ViewEvents.TIME)
                .experimentId("exp-1")
                .evaluationId("exp-1/epoch-00010")
                .epoch(10)
                .last(true)
                .gate(gate)
                .outcome(outcome)
                .concerns(concerns)
                .finding(finding)
                .build());
    }

    public HandMadeEvaluation complete() {
        model.apply(events.planned(10, true, planned.toArray(Condition[]::new)));
        model.apply(events.completed(10, true, measured.size(), planned.size() - measured.size()));
        return this;
    }

    /** @param confidences of the predicted classes */
    private ObjectRef predictions(Condition condition, List<Integer> predicted, List<Double> confidences) {
        List<List<Double>> probabilities = new ArrayList<>();
        for (int i = 0; i < predicted.size(); i++) {
            double confidence = confidences.get(i);
            probabilities.add(
                    predicted.get(i) == 0 ? List.of(confidence, 1 - confidence) : List.of(1 - confidence, confidence));
        }
        return kept(
                ObjectKeys.predictions("exp-1/epoch-00010", condition),
                new Predictions(
                        1,
                        "exp-1",
                        "exp-1/epoch-00010",
                        condition,
                        classes,
                        List.of(0, 0, 0, 1),
                        predicted,
                        probabilities));
    }

    /** Changed by +1/8, 0, -1/8, 0. */
    private ObjectRef gallery() {
        Payloads payloads = new Payloads(store, 1 << 20);
        return kept(
                ObjectKeys.gallery("exp-1/epoch-00010", TRAINED),
                new Gallery(
                        1,
                        "exp-1",
                        "exp-1/epoch-00010",
                        TRAINED,
                        classes,
                        List.of(new Gallery.Picture(
                                3,
                                0,
                                0,
                                1,
                                payloads.write("a", new ImageBatch(1, 1, 2, 2, new float[] {0, .25f, .5f, 1})),
                                payloads.write(
                                        "b", new ImageBatch(1, 1, 2, 2, new float[] {.125f, .25f, .375f, 1}))))));
    }
}
