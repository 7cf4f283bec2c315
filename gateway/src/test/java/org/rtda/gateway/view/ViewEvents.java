package org.rtda.gateway.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.Figure;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;

/** ViewEvents of one experiment, as the other services would send them. */
public record ViewEvents(String experiment) {
    public static final Instant TIME = Instant.parse("2026-11-02T10:00:00Z");
    /** A manifest of data set {@code phantoms}; in a checkpoint it stands for any object of that checkpoint. */
    public static final ObjectRef OBJECT = new ObjectRef("datasets/phantoms/manifest.json", "ab".repeat(32), 8);

    public static final Condition CLEAN = Condition.clean("test");
    public static final Condition NOISE = Condition.corruption("gaussian-noise", 3, "test");

    public static Condition pgd(double epsilon) {
        return Condition.attack(
                AttackSettings.builder()
                        .name("pgd-l2")
                        .epsilon(epsilon)
                        .steps(10)
                        .build(),
                "test");
    }

    public static ExperimentSpec spec() {
        return ExperimentSpec.builder().dataset("phantoms").build();
    }

    public ExperimentCommand.Submit submit() {
        return submit(TIME);
    }

    public ExperimentCommand.Submit submit(Instant time) {
        return new ExperimentCommand.Submit(
                experiment + "/submit", time, 1, experiment, spec(), new DatasetRef("phantoms", OBJECT));
    }

    public ExperimentCommand.Cancel cancel(String... evaluations) {
        return new ExperimentCommand.Cancel(
                experiment + "/cancel" + String.join("", evaluations), TIME, 1, experiment, List.of(evaluations));
    }

    public ExperimentCommand.Delete delete() {
        return new ExperimentCommand.Delete(experiment + "/delete", TIME, 1, experiment);
    }

    public ExperimentStatus status(long attempt, ExperimentStatus.State state, long step) {
        return new ExperimentStatus(
                experiment + "/status/" + attempt + "/" + state + "/" + step,
                TIME.plusSeconds(step),
                1,
                experiment,
                attempt,
                state,
                step,
                100,
                (int) (step / 10),
                "trainer-" + attempt,
                "cpu",
                "CE(f(adv), y) + 12 JSD(clean, augmix, adv)",
                state == ExperimentStatus.State.FAILED ? "object some/key is missing" : null);
    }

    /** Of a run that takes a second a step. */
    public TrainingMetric training(long attempt, long step) {
        return training(attempt, step, TIME.plusSeconds(step));
    }

    public TrainingMetric training(long attempt, long step, Instant time) {
        return TrainingMetric.builder()
                .id(experiment + "/" + attempt + "/" + step)
                .time(time)
                .experimentId(experiment)
                .attempt(attempt)
                .step(step)
                .totalSteps(100)
                .epoch((int) (1 + step / 10))
                .learningRate(0.1)
                .loss(1.0 / step)
                .terms(Map.of("cross-entropy", 0.5, "jensen-shannon", 0.01))
                .accuracy(Map.of("clean", 0.75, "adversarial", 0.5))
                .stepMillis(20)
                .waitMillis(5)
                .build();
    }

    public CheckpointSaved checkpoint(long attempt, int epoch, boolean last, ObjectRef model) {
        return checkpoint(attempt, epoch, last, OBJECT, model);
    }

    public CheckpointSaved checkpoint(long attempt, int epoch, boolean last, ObjectRef weights, ObjectRef model) {
        return CheckpointSaved.builder()
                .id(experiment + "/" + attempt + "/checkpoint/" + epoch)
                .time(TIME)
                .experimentId(experiment)
                .attempt(attempt)
                .epoch(epoch)
                .step(epoch * 10L)
                .last(last)
                .spec(spec())
                .dataset(new DatasetRef("phantoms", OBJECT))
                .weights(ofCheckpoint(weights, attempt, epoch, ObjectKeys.WEIGHTS))
                .model(ofCheckpoint(model, attempt, epoch, ObjectKeys.MODEL))
                .trainingState(ofCheckpoint(OBJECT, attempt, epoch, ObjectKeys.TRAINING_STATE))
                .build();
    }

    private ObjectRef ofCheckpoint(ObjectRef object, long attempt, int epoch, String file) {
        return object == OBJECT
                ? new ObjectRef(
                        ObjectKeys.checkpoint(experiment, epoch, attempt, file), OBJECT.sha256(), OBJECT.sizeBytes())
                : object;
    }

    /** As another checkpoint, of a model that was made from that data set. */
    public static CheckpointSaved madeFrom(DatasetRef dataset, CheckpointSaved some) {
        return some.toBuilder().dataset(dataset).build();
    }

    public RobustnessMetric.Planned planned(int epoch, boolean last, Condition... conditions) {
        return RobustnessMetric.Planned.builder()
                .id(evaluation(epoch) + "/planned")
                .time(TIME)
                .experimentId(experiment)
                .evaluationId(evaluation(epoch))
                .attempt(1)
                .epoch(epoch)
                .step(epoch * 10L)
                .last(last)
                .suite(last ? "standard" : "quick")
                .conditions(List.of(conditions))
                .build();
    }

    public RobustnessMetric.Measured measured(int epoch, boolean last, Condition condition, double accuracy) {
        return measured(epoch, last, condition, accuracy, null);
    }

    public RobustnessMetric.Measured measured(
            int epoch, boolean last, Condition condition, double accuracy, ObjectRef predictions) {
        return RobustnessMetric.Measured.builder()
                .id(evaluation(epoch) + "/" + condition.label() + "/result")
                .time(TIME)
                .experimentId(experiment)
                .evaluationId(evaluation(epoch))
                .epoch(epoch)
                .last(last)
                .condition(condition)
                .values(List.of(
                        figure("accuracy", accuracy),
                        figure("majority-rate", 0.6),
                        figure("balanced-accuracy", accuracy),
                        Figure.undefined("auroc", 80, "no images of class 1")))
                .predictions(predictions)
                .build();
    }

    public static Figure figure(String metric, double value) {
        return new Figure(metric, value, Math.max(0, value - 0.1), Math.min(1, value + 0.1), 80, null);
    }

    public RobustnessMetric.Failed failed(int epoch, boolean last, Condition condition, String reason) {
        return RobustnessMetric.Failed.builder()
                .id(evaluation(epoch) + "/" + condition.label() + "/result")
                .time(TIME)
                .experimentId(experiment)
                .evaluationId(evaluation(epoch))
                .epoch(epoch)
                .last(last)
                .condition(condition)
                .reason(reason)
                .build();
    }

    public RobustnessMetric.Failed cancelled(int epoch, boolean last, Condition condition) {
        RobustnessMetric.Failed failed = failed(epoch, last, condition, "cancelled");
        return RobustnessMetric.Failed.builder()
                .id(failed.id())
                .time(TIME)
                .experimentId(experiment)
                .evaluationId(failed.evaluationId())
                .epoch(epoch)
                .last(last)
                .condition(condition)
                .reason("cancelled")
                .cancelled(true)
                .build();
    }

    public RobustnessMetric.Completed completed(int epoch, boolean last, int measured, int failed) {
        return RobustnessMetric.Completed.builder()
                .id(evaluation(epoch) + "/completed")
                .time(TIME)
                .experimentId(experiment)
                .evaluationId(evaluation(epoch))
                .epoch(epoch)
                .last(last)
                .measured(measured)
                .failed(failed)
                .build();
    }

    public RobustnessMetric.Gate gate(
            int epoch, String gate, RobustnessMetric.Gate.Outcome outcome, String... concerns) {
        return RobustnessMetric.Gate.builder()
                .id(evaluation(epoch) + "/gate/" + gate)
                .time(TIME)
                .experimentId(experiment)
                .evaluationId(evaluation(epoch))
                .epoch(epoch)
                .last(true)
                .gate(gate)
                .outcome(outcome)
                .concerns(List.of(concerns))
                .finding("accuracy 0.81 against 0.42")
                .build();
    }

    /** Of the last checkpoint. */
    EvaluationCommand evaluate(int epoch, String name) {
        return EvaluationCommand.builder()
                .id(experiment + "/" + name)
                .time(TIME)
                .experimentId(experiment)
                .name(name)
                .checkpoint(checkpoint(1, epoch, true, OBJECT))
                .suite("full")
                .build();
    }

    /** Of any checkpoint, under the suite {@code full}. */
    public EvaluationCommand asked(String name, CheckpointSaved judged) {
        return EvaluationCommand.builder()
                .id(experiment + "/" + name)
                .time(TIME)
                .experimentId(experiment)
                .name(name)
                .checkpoint(judged)
                .suite("full")
                .build();
    }

    /** Of any evaluation. */
    public RobustnessMetric.Failed failedOf(String evaluation, int epoch, Condition condition) {
        return RobustnessMetric.Failed.builder()
                .id(evaluation + "/" + condition.label() + "/result")
                .time(TIME)
                .experimentId(experiment)
                .evaluationId(evaluation)
                .epoch(epoch)
                .last(true)
                .condition(condition)
                .reason("no")
                .build();
    }

    /** Of any evaluation. */
    public RobustnessMetric.Completed completedOf(String evaluation, int epoch, int measured, int failed) {
        return RobustnessMetric.Completed.builder()
                .id(evaluation + "/completed")
                .time(TIME)
                .experimentId(experiment)
                .evaluationId(evaluation)
                .epoch(epoch)
                .last(true)
                .measured(measured)
                .failed(failed)
                .build();
    }

    /** The same message, of the evaluation that people asked for under a name. */
    public RobustnessMetric.Measured named(String name, RobustnessMetric.Measured own) {
        return RobustnessMetric.Measured.builder()
                .id(own.id() + "/" + name)
                .time(TIME)
                .experimentId(experiment)
                .evaluationId(EvaluationId.named(experiment, own.epoch(), name).text())
                .epoch(own.epoch())
                .last(own.last())
                .condition(own.condition())
                .values(own.values())
                .predictions(own.predictions())
                .gallery(own.gallery())
                .build();
    }

    /** The same message, of the evaluation that people asked for under a name. */
    public RobustnessMetric.Gate named(String name, RobustnessMetric.Gate own) {
        return RobustnessMetric.Gate.builder()
                .id(own.id() + "/" + name)
                .time(TIME)
                .experimentId(experiment)
                .evaluationId(EvaluationId.named(experiment, own.epoch(), name).text())
                .epoch(own.epoch())
                .last(own.last())
                .gate(own.gate())
                .outcome(own.outcome())
                .concerns(own.concerns())
                .finding(own.finding())
                .build();
    }

    public String evaluation(int epoch) {
        return EvaluationId.own(experiment, epoch).text();
    }
}
