package org.rtda.benchmarks.readmodel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Figure;
import org.rtda.contracts.FigureNames;
import org.rtda.contracts.MetricSubject;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;
import org.rtda.messaging.EventRecords;

/**
 * The messages of an experiment that nobody has run, as the services would publish them. Everything about it follows from its number:
 * twenty in a row share a data set, methods and networks take turns, and no two are the same run.
 *
 * @param number from 0
 * @param steps of its training
 * @param manifest whose content its data set has under its own name
 */
public record PublishedExperiment(int number, int steps, ObjectRef manifest) {
    /** Conditions of its evaluation, each with {@link #FIGURES} figures: 200 in all. */
    public static final List<Condition> CONDITIONS = conditions();

    /** Of every condition. */
    public static final List<String> FIGURES = List.of(
            FigureNames.ACCURACY,
            FigureNames.MAJORITY_RATE,
            FigureNames.BALANCED_ACCURACY,
            FigureNames.AUROC,
            FigureNames.SENSITIVITY,
            FigureNames.SPECIFICITY,
            FigureNames.CALIBRATION_ERROR,
            FigureNames.BRIER_SCORE);

    /** As many in a row share a data set. */
    public static final int ON_ONE_DATASET = 20;

    /** Images of the split on which the figures are. */
    public static final int IMAGES = 128;

    /** One experiment in so many has this tag. */
    public static final String TAG = "paper";

    private static final int TAGGED = 100;
    private static final int DATASETS = 25;
    private static final int EPOCHS = 10;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    /** Not one of the first three of the known networks, which take turns. */
    static final String NO_ONES_NETWORK = "resnet50";

    /** Of what nobody has stored. */
    public static final ObjectRef NOWHERE = new ObjectRef("benchmarks/none", "ab".repeat(32), 8);

    private static List<Condition> conditions() {
        List<Condition> all = new ArrayList<>(List.of(Condition.clean("test")));
        for (double epsilon : new double[] {0.25, 0.5, 1, 2, 4, 8}) {
            all.add(Condition.attack(
                    AttackSettings.builder()
                            .name("pgd-l2")
                            .epsilon(epsilon)
                            .steps(10)
                            .build(),
                    "test"));
        }
        for (String corruption : KnownNames.CORRUPTIONS) {
            for (int severity = 1; severity <= 5 && all.size() < 25; severity++) {
                all.add(Condition.corruption(corruption, severity, "test"));
            }
        }
        return List.copyOf(all);
    }

    public String id() {
        return String.format("exp-%012x", number);
    }

    /** Name of its data set. */
    public String dataset() {
        return "set-" + number / ON_ONE_DATASET % DATASETS;
    }

    /** The names of all data sets. */
    public static List<String> datasets() {
        return IntStream.range(0, DATASETS).mapToObj(n -> "set-" + n).toList();
    }

    public String evaluation() {
        return EvaluationId.own(id(), EPOCHS).text();
    }

    private ExperimentSpec spec() {
        boolean linf = number % 4 == 3;
        return ExperimentSpec.builder()
                .dataset(dataset())
                .method(KnownNames.METHODS.get(number % KnownNames.METHODS.size()))
                .network(KnownNames.NETWORKS.get(number % 3))
                .epochs(EPOCHS)
                .seed((long) number)
                .attack(AttackSettings.builder()
                        .name(linf ? "pgd-linf" : "pgd-l2")
                        .epsilon(linf ? 0.0625 : 0.5)
                        .build())
                .build();
    }

    private DatasetRef data() {
        return new DatasetRef(
                dataset(), new ObjectRef(ObjectKeys.manifest(dataset()), manifest.sha256(), manifest.sizeBytes()));
    }

    /** One a minute. */
    private Instant submitted() {
        return BEGIN.plusSeconds(60L * number);
    }

    private Instant after(long seconds) {
        return submitted().plusSeconds(seconds);
    }

    public ProducerRecord<String, byte[]> submit() {
        return EventRecords.keyed(
                Topic.EXPERIMENTS,
                id(),
                new ExperimentCommand.Submit(
                        id() + "/submit", submitted(), Event.SCHEMA_VERSION, id(), spec(), data()));
    }

    /** Its name, and of one in a hundred the tag. */
    public ProducerRecord<String, byte[]> described() {
        return EventRecords.keyed(
                Topic.EXPERIMENTS,
                id(),
                new ExperimentCommand.Describe(
                        id() + "/describe",
                        after(1),
                        Event.SCHEMA_VERSION,
                        id(),
                        "run " + number,
                        "one of many",
                        number % TAGGED == 0 ? List.of(TAG, "many") : List.of("many")));
    }

    public ProducerRecord<String, byte[]> status(long attempt, State state, long step) {
        return EventRecords.keyed(
                Topic.EXPERIMENT_STATUS,
                id(),
                ExperimentStatus.builder()
                        .id(id() + "/status/" + attempt + "/" + state + "/" + step)
                        .time(after(2 + step))
                        .experimentId(id())
                        .attempt(attempt)
                        .state(state)
                        .step(step)
                        .totalSteps(steps)
                        .epoch(epoch(step) - 1)
                        .trainer("trainer-1")
                        .device("cpu")
                        .objective("CE(f(adv), y) + 12 JSD(clean, augmix, adv)")
                        .build());
    }

    private int epoch(long step) {
        return (int) (1 + step * EPOCHS / (steps + 1L));
    }

    public ProducerRecord<String, byte[]> training(long attempt, long step) {
        return training(attempt, step, after(2 + step));
    }

    public ProducerRecord<String, byte[]> training(long attempt, long step, Instant time) {
        double falling = 1.0 / (1 + 0.01 * step);
        return EventRecords.keyed(
                Topic.TRAINING_METRICS,
                id(),
                TrainingMetric.builder()
                        .id(id() + "/" + attempt + "/" + step)
                        .time(time)
                        .experimentId(id())
                        .attempt(attempt)
                        .step(step)
                        .totalSteps(steps)
                        .epoch(epoch(step))
                        .learningRate(0.1 * falling)
                        .loss(0.7 * falling)
                        .terms(Map.of("cross-entropy", 0.6 * falling, "jensen-shannon", 0.1 * falling / 12))
                        .accuracy(Map.of("clean", 0.875, "augmix", 0.8125, "adversarial", 0.71875))
                        .stepMillis(812.5)
                        .waitMillis(7.25)
                        .subject(MetricSubject.of(spec()))
                        .augmentWaitMillis(1.25)
                        .attackWaitMillis(6.0)
                        .build());
    }

    public ProducerRecord<String, byte[]> checkpoint(long attempt) {
        return EventRecords.keyed(
                Topic.CHECKPOINTS,
                id(),
                CheckpointSaved.builder()
                        .id(id() + "/" + attempt + "/checkpoint")
                        .time(after(2 + steps))
                        .experimentId(id())
                        .attempt(attempt)
                        .epoch(EPOCHS)
                        .step(steps)
                        .last(true)
                        .spec(spec())
                        .dataset(data())
                        .weights(nowhere(ObjectKeys.WEIGHTS))
                        .model(nowhere(ObjectKeys.MODEL))
                        .trainingState(nowhere(ObjectKeys.TRAINING_STATE))
                        .build());
    }

    /** A file of its checkpoint that nobody has stored. */
    private ObjectRef nowhere(String file) {
        return new ObjectRef(ObjectKeys.checkpoint(id(), EPOCHS, file), NOWHERE.sha256(), NOWHERE.sizeBytes());
    }

    private ProducerRecord<String, byte[]> metric(RobustnessMetric metric) {
        return EventRecords.keyed(Topic.ROBUSTNESS_METRICS, evaluation(), metric);
    }

    public ProducerRecord<String, byte[]> planned(long attempt) {
        return metric(RobustnessMetric.Planned.builder()
                .id(evaluation() + "/" + attempt + "/planned")
                .time(after(3 + steps))
                .experimentId(id())
                .evaluationId(evaluation())
                .attempt(attempt)
                .epoch(EPOCHS)
                .step(steps)
                .last(true)
                .suite("standard")
                .conditions(CONDITIONS)
                .build());
    }

    /** @param predictions null where none were kept */
    public ProducerRecord<String, byte[]> measured(Condition condition, ObjectRef predictions) {
        return metric(RobustnessMetric.Measured.builder()
                .id(evaluation() + "/" + condition.label() + "/result")
                .time(after(4 + steps))
                .experimentId(id())
                .evaluationId(evaluation())
                .epoch(EPOCHS)
                .last(true)
                .condition(condition)
                .values(IntStream.range(0, FIGURES.size())
                        .mapToObj(i -> figure(FIGURES.get(i), (64 + (number + i) % 32) / (double) IMAGES))
                        .toList())
                .predictions(predictions)
                .subject(MetricSubject.of(spec()).in("standard", evaluation()))
                .build());
    }

    private static Figure figure(String metric, double value) {
        return new Figure(metric, value, value - 0.08, value + 0.08, IMAGES, null).beside(0.5, "always class 0");
    }

    public ProducerRecord<String, byte[]> completed() {
        return metric(RobustnessMetric.Completed.builder()
                .id(evaluation() + "/completed")
                .time(after(5 + steps))
                .experimentId(id())
                .evaluationId(evaluation())
                .epoch(EPOCHS)
                .last(true)
                .measured(CONDITIONS.size())
                .failed(0)
                .build());
    }

    /**
     * All messages of one that was trained and evaluated without a fault.
     *
     * @param predictions of a condition; gives null where none are kept
     */
    public List<ProducerRecord<String, byte[]>> whole(Function<Condition, ObjectRef> predictions) {
        List<ProducerRecord<String, byte[]>> all = new ArrayList<>();
        all.add(submit());
        all.add(described());
        all.add(status(1, State.RUNNING, 0));
        for (long step = 1; step <= steps; step++) {
            all.add(training(1, step));
        }
        all.add(checkpoint(1));
        all.add(status(1, State.TRAINED, steps));
        all.add(planned(1));
        CONDITIONS.forEach(condition -> all.add(measured(condition, predictions.apply(condition))));
        all.add(completed());
        return all;
    }

    /** Answers that depend on the experiment and the condition, three of four of them right. */
    public Predictions predictions(Condition condition) {
        Random random = new Random(number * 31L + condition.label().hashCode());
        List<Integer> labels =
                IntStream.range(0, IMAGES).map(image -> image % 2).boxed().toList();
        List<Integer> predicted = labels.stream()
                .map(label -> random.nextInt(4) == 0 ? 1 - label : label)
                .toList();
        return new Predictions(
                Event.SCHEMA_VERSION,
                id(),
                evaluation(),
                condition,
                List.of("benign", "malignant"),
                labels,
                predicted,
                predicted.stream()
                        .map(answer -> answer == 0 ? List.of(0.742681, 0.257319) : List.of(0.257319, 0.742681))
                        .toList());
    }
}
