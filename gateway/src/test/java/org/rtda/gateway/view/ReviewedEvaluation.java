package org.rtda.gateway.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.rtda.contracts.RobustnessMetric.Subgroup;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSet;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.core.ImageBatch;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.Payloads;

/**
 * A finished experiment of a usual size: the conditions of the standard or the full suite on 624 images of 64 x 64 pixels, two
 * shifts, three properties of patients, kept predictions and images.
 */
public final class ReviewedEvaluation {
    private static final int IMAGES = 624;
    private static final int SIDE = 64;
    private static final double EPSILON = 1.155;
    private static final List<Double> RADII = List.of(0.289, 0.577, EPSILON, 2.309, 4.619, 9.238);
    private static final Condition CLEAN = Condition.clean("test");

    public final InMemoryArtifactStore store = new InMemoryArtifactStore();
    public final TestReadModel model = new TestReadModel();
    public final ExperimentViews views = model.views;
    private final ViewEvents events = new ViewEvents("exp-1");
    private final List<String> classes;
    private final List<Condition> planned = new ArrayList<>();

    public ReviewedEvaluation(String diseased) {
        classes = List.of("normal", diseased);
        Map<String, Map<String, Integer>> subgroups = new LinkedHashMap<>();
        subgroups.put("sex", Map.of("F", 700, "M", 800));
        subgroups.put("ageBand", Map.of("40-59", 800, "60-79", 700));
        subgroups.put("scanner", Map.of("Hologic Selenia Dimensions", 900, "GE Senographe Pristina", 600));
        DatasetManifest manifest = DatasetManifest.builder()
                .name("phantoms")
                .channels(1)
                .height(SIDE)
                .width(SIDE)
                .classes(classes)
                .splits(Map.of(
                        "train", new DatasetManifest.Split(4708, List.of(1214, 3494), List.of()),
                        "val", new DatasetManifest.Split(524, List.of(135, 389), List.of()),
                        "test", new DatasetManifest.Split(IMAGES, List.of(234, 390), List.of()),
                        "shift-other-scanner", new DatasetManifest.Split(300, List.of(150, 150), List.of()),
                        "shift-other-country", new DatasetManifest.Split(300, List.of(150, 150), List.of())))
                .sourceSha256(Map.of("train", "ab".repeat(32), "val", "ab".repeat(32), "test", "ab".repeat(32)))
                .provenance(
                        "drawn for a test of the report, with a provenance as long as those of public sets usually are")
                .licence("CC BY 4.0")
                .importedAt(ViewEvents.TIME)
                .modality("chest-xray")
                .healthyClass(0)
                .subgroups(subgroups)
                .build();
        ExperimentSpec spec = ExperimentSpec.builder()
                .dataset("phantoms")
                .attack(AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(EPSILON)
                        .steps(7)
                        .build())
                .build();
        model.apply(new ExperimentCommand.Submit(
                "submit",
                ViewEvents.TIME,
                1,
                "exp-1",
                spec,
                new DatasetRef("phantoms", kept("datasets/phantoms/manifests/1.json", manifest))));
        for (long step = 1; step <= 600; step++) {
            model.apply(events.training(1, step));
        }
        model.apply(events.status(1, ExperimentStatus.State.TRAINED, 600));
        model.apply(events.checkpoint(1, 10, true, ViewEvents.OBJECT));
    }

    /** Clean, PGD at all radii, all corruptions, both shifts. */
    public ReviewedEvaluation standard() {
        measure(CLEAN, 0.91, true);
        double value = 0.88;
        for (double radius : RADII) {
            value -= 0.07;
            measure(pgd("pgd-l2", radius, 10, 1), value, radius == EPSILON);
        }
        int corruption = 0;
        for (String name : KnownNames.CORRUPTIONS) {
            corruption++;
            for (int severity = 1; severity <= 5; severity++) {
                measure(
                        Condition.corruption(name, severity, "test"),
                        Math.max(0.5, 0.92 - 0.006 * severity * corruption),
                        severity == 3);
            }
        }
        measure(Condition.shift("shift-other-scanner"), 0.81, false);
        measure(Condition.shift("shift-other-country"), 0.74, false);
        return this;
    }

    /** What the full suite has beside the standard one, and its gates, one of which fails. */
    public ReviewedEvaluation full() {
        standard();
        for (String attack : List.of("fgsm", "apgd-ce", "apgd-margin", "fab", "square", "random-noise")) {
            measure(Condition.attack(AttackSettings.of(attack, "l2", EPSILON), "test"), 0.69, false);
        }
        measure(pgd("pgd-l2", EPSILON, 10, 5), 0.665, false);
        measure(pgd("pgd-l2", EPSILON, 20, 1), 0.662, false);
        measure(pgd("pgd-linf", 8.0 / 255, 10, 1), 0.55, false);
        measure(pgd("pgd-linf", 2.0 / 255, 10, 1), 0.7, false);
        measure(pgd("pgd-l2", 128, 100, 1), 0.01, false);
        for (double radius : List.of(EPSILON, 2.309)) {
            measure(
                    Condition.worstCase(
                            new AttackSet(
                                    "aa-binary",
                                    List.of(
                                            AttackSettings.of("apgd-ce", "l2", radius),
                                            AttackSettings.of("apgd-margin", "l2", radius),
                                            AttackSettings.of("fab", "l2", radius),
                                            AttackSettings.of("square", "l2", radius))),
                            "test"),
                    radius == EPSILON ? 0.64 : 0.52,
                    false);
        }
        for (String goal : KnownNames.ATTACK_GOALS) {
            measure(Condition.attack(pgd("pgd-l2", EPSILON, 10, 1).attack(), goal, "test"), 0.6, false);
        }
        for (String corruption : KnownNames.CORRUPTIONS) {
            measure(
                    Condition.attackedCorruption(pgd("pgd-l2", EPSILON, 10, 1).attack(), corruption, 3, "test"),
                    0.58,
                    false);
        }
        for (String gate : KnownNames.GATES) {
            boolean fails = gate.equals("attack-has-converged");
            gate(
                    gate,
                    fails ? Outcome.FAILED : Outcome.PASSED,
                    fails ? List.of(pgd("pgd-l2", EPSILON, 10, 1).label()) : List.of(),
                    fails
                            ? "accuracy 0.682 with 10 steps, 0.662 with 20 steps and 0.665 with 5 restarts: more than one point"
                            : "accuracy 0.682 against 0.812, at most 0.814 allowed");
        }
        planned.add(Condition.transfer(
                new org.rtda.contracts.settings.SourceModel("exp-2", "resnet18", ViewEvents.OBJECT),
                AttackSettings.of("apgd-ce", "l2", EPSILON),
                "test"));
        model.apply(events.failed(10, true, planned.get(planned.size() - 1), "the other model is gone from the store"));
        return this;
    }

    public ReviewedEvaluation complete() {
        model.apply(events.planned(10, true, planned.toArray(Condition[]::new)));
        model.apply(events.completed(10, true, planned.size(), 0));
        return this;
    }

    private static Condition pgd(String name, double epsilon, int steps, int restarts) {
        return Condition.attack(
                AttackSettings.builder()
                        .name(name)
                        .epsilon(epsilon)
                        .steps(steps)
                        .restarts(restarts)
                        .randomStart(true)
                        .build(),
                "test");
    }

    private void gate(String gate, Outcome outcome, List<String> concerns, String finding) {
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

    /** @param inDetail whether by subgroup, with predictions and images */
    private void measure(Condition condition, double balanced, boolean inDetail) {
        List<Figure> values = new ArrayList<>();
        values.add(
                figure(FigureNames.ACCURACY, balanced + 0.02, IMAGES).beside(0.625, "always class " + classes.get(1)));
        values.add(figure(FigureNames.MAJORITY_RATE, 0.625, IMAGES));
        values.add(figure(FigureNames.BALANCED_ACCURACY, balanced, IMAGES).beside(0.5, "any class"));
        values.add(figure(FigureNames.AUROC, Math.min(0.99, balanced + 0.05), IMAGES)
                .beside(0.5, "one score"));
        values.add(figure(FigureNames.SENSITIVITY, balanced + 0.03, 390));
        values.add(figure(FigureNames.SPECIFICITY, balanced - 0.03, 234));
        values.add(figure(FigureNames.SENSITIVITY + FigureNames.AT_CALIBRATED, balanced + 0.04, 390));
        values.add(figure(FigureNames.SPECIFICITY + FigureNames.AT_CALIBRATED, balanced - 0.04, 234));
        values.add(figure(FigureNames.ofClass(classes.get(0)), balanced - 0.03, 234));
        values.add(figure(FigureNames.ofClass(classes.get(1)), balanced + 0.03, 390));
        values.add(figure(FigureNames.CALIBRATION_ERROR, 0.06, IMAGES));
        values.add(figure(FigureNames.BRIER_SCORE, 0.12, IMAGES));
        planned.add(condition);
        boolean keepsAnswers = inDetail && condition.kind() != Condition.Kind.CORRUPTION;
        boolean keepsImages = inDetail && condition.kind() != Condition.Kind.CLEAN;
        model.apply(RobustnessMetric.Measured.builder()
                .id("exp-1/epoch-00010/" + condition.label())
                .time(ViewEvents.TIME)
                .experimentId("exp-1")
                .evaluationId("exp-1/epoch-00010")
                .epoch(10)
                .last(true)
                .condition(condition)
                .values(values)
                .predictions(keepsAnswers ? predictions(condition, balanced) : null)
                .gallery(keepsImages ? gallery(condition) : null)
                .subgroups(inDetail ? subgroups(balanced) : null)
                .build());
    }

    private static Figure figure(String metric, double value, int n) {
        double shown = Math.max(0.001, Math.min(0.999, value));
        double half = 1 / Math.sqrt(n);
        return new Figure(metric, shown, Math.max(0, shown - half), Math.min(1, shown + half), n, null);
    }

    private static List<Subgroup> subgroups(double balanced) {
        return List.of(
                subgroup("sex", "F", balanced + 0.01, 120, 190),
                subgroup("sex", "M", balanced - 0.01, 114, 200),
                subgroup("ageBand", "40-59", balanced + 0.02, 150, 240),
                subgroup("ageBand", "60-79", balanced - 0.03, 84, 150),
                subgroup("scanner", "Hologic Selenia Dimensions", balanced + 0.01, 228, 382),
                subgroup("scanner", "GE Senographe Pristina", balanced - 0.09, 6, 8));
    }

    private static Subgroup subgroup(String attribute, String value, double balanced, int normal, int diseased) {
        int n = normal + diseased;
        return new Subgroup(
                attribute,
                value,
                List.of(normal, diseased),
                normal < 10,
                List.of(
                        figure(FigureNames.ACCURACY, balanced + 0.02, n),
                        figure(FigureNames.BALANCED_ACCURACY, balanced, n)));
    }

    private ObjectRef predictions(Condition condition, double balanced) {
        List<Integer> labels = new ArrayList<>();
        List<Integer> predicted = new ArrayList<>();
        List<List<Double>> probabilities = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            int label = i < 234 ? 0 : 1;
            int answer = i % 100 < 100 * balanced ? label : 1 - label;
            double confidence = 0.5 + (i * 37 % 100) / 201.0;
            labels.add(label);
            predicted.add(answer);
            probabilities.add(answer == 0 ? List.of(confidence, 1 - confidence) : List.of(1 - confidence, confidence));
        }
        return kept(
                ObjectKeys.predictions("exp-1/epoch-00010", condition),
                new Predictions(1, "exp-1", "exp-1/epoch-00010", condition, classes, labels, predicted, probabilities));
    }

    private ObjectRef gallery(Condition condition) {
        Payloads payloads = new Payloads(store, 1 << 20);
        List<Gallery.Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int label = i % 2;
            pictures.add(new Gallery.Picture(
                    3 + 17 * i,
                    label,
                    label,
                    1 - label,
                    payloads.write(condition.label() + "/a" + i, picture(i, 0)),
                    payloads.write(condition.label() + "/b" + i, picture(i, 0.04f))));
        }
        return kept(
                ObjectKeys.gallery("exp-1/epoch-00010", condition),
                new Gallery(1, "exp-1", "exp-1/epoch-00010", condition, classes, pictures));
    }

    /** A bright disc on a dark ground, with stripes of some strength. */
    private static ImageBatch picture(int index, float stripes) {
        float[] pixels = new float[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double distance = Math.hypot(x - 24 - 5 * index, y - 30) / 40;
                double value = Math.max(0.05, 0.9 - distance) + ((x + y) % 6 < 3 ? stripes : -stripes);
                pixels[y * SIDE + x] = (float) Math.max(0, Math.min(1, value));
            }
        }
        return new ImageBatch(1, 1, SIDE, SIDE, pixels);
    }

    private ObjectRef kept(String key, Object document) {
        return store.put(key, EventCodec.write(document));
    }
}
