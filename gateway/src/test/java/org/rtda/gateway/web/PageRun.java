package org.rtda.gateway.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.Topic;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;

/**
 * The course of one experiment as the services would publish it, with figures that a model might have.
 *
 * @param robustness what the model keeps of its accuracy under the strongest attack, in [0,1]
 */
record PageRun(
        String id,
        ExperimentSpec spec,
        DatasetRef dataset,
        Instant begin,
        double robustness,
        BiConsumer<Topic, Event> send) {
    static final int EPOCHS = 8;
    static final int STEPS = 160;
    static final Condition ATTACKED = pgd("pgd-l2", "l2", 0.5, "test");

    private static final List<String> CORRUPTIONS = List.of(
            "gaussian-noise",
            "shot-noise",
            "gaussian-blur",
            "motion-blur",
            "brightness-up",
            "contrast-down",
            "jpeg",
            "pixelate");
    private static final int IMAGES = 320;

    static Condition pgd(String name, String norm, double epsilon, String split) {
        return Condition.attack(
                AttackSettings.builder()
                        .name(name)
                        .norm(norm)
                        .epsilon(epsilon)
                        .steps(name.equals("fgsm") ? 1 : 10)
                        .build(),
                split);
    }

    PageRun submit() {
        send.accept(Topic.EXPERIMENTS, new ExperimentCommand.Submit(id + "/submit", begin, 1, id, spec, dataset));
        return this;
    }

    PageRun status(State state, long step, String reason) {
        send.accept(
                Topic.EXPERIMENT_STATUS,
                new ExperimentStatus(
                        id + "/status/" + state + "/" + step,
                        begin.plusSeconds(step),
                        1,
                        id,
                        1,
                        state,
                        step,
                        STEPS,
                        (int) (step * EPOCHS / STEPS),
                        "trainer-1",
                        "cpu",
                        "CE(f(adv), y) + 12 JSD(clean, augmix, adv)",
                        reason));
        return this;
    }

    /** Steps {@code from} to {@code to}, with the quick evaluation of every epoch but the last that ends among them. */
    PageRun train(int from, int to) {
        int stepsOfAnEpoch = STEPS / EPOCHS;
        for (int step = from; step <= to; step++) {
            double course = Math.exp(-4.0 * step / STEPS);
            double wobble = 0.03 * Math.sin(step * 1.7);
            send.accept(
                    Topic.TRAINING_METRICS,
                    TrainingMetric.builder()
                            .id(id + "/1/" + step)
                            .time(begin.plusSeconds(step))
                            .experimentId(id)
                            .attempt(1)
                            .step(step)
                            .totalSteps(STEPS)
                            .epoch(1 + (step - 1) / stepsOfAnEpoch)
                            .learningRate(0.1)
                            .loss(0.4 + 1.1 * course + wobble)
                            .terms(Map.of(
                                    "cross-entropy",
                                    0.35 + 0.7 * course + wobble,
                                    "jensen-shannon",
                                    0.004 + 0.03 * course))
                            .accuracy(Map.of(
                                    "clean",
                                    0.9 - 0.4 * course + wobble,
                                    "adversarial",
                                    0.9 - 0.4 * course - 0.25 + 0.2 * robustness))
                            .stepMillis(640 + 90 * Math.sin(step))
                            .waitMillis(420 + 80 * Math.sin(step))
                            .subject(MetricSubject.of(spec))
                            .augmentWaitMillis(60 + 20 * Math.sin(step))
                            .attackWaitMillis(360 + 60 * Math.sin(step))
                            .build());
            if (step % stepsOfAnEpoch == 0 && step < STEPS) {
                quick(step / stepsOfAnEpoch);
            }
        }
        return this;
    }

    private void quick(int epoch) {
        double learnt = 1 - Math.exp(-0.5 * epoch);
        List<Condition> conditions = List.of(Condition.clean("val"), pgd("pgd-l2", "l2", 0.5, "val"));
        String evaluation = EvaluationId.own(id, epoch).text();
        planned(evaluation, epoch, false, "quick", conditions);
        measured(evaluation, epoch, false, conditions.get(0), 0.5 + 0.38 * learnt, 64, null, null, List.of());
        measured(
                evaluation,
                epoch,
                false,
                conditions.get(1),
                0.5 + (0.4 * robustness - 0.05) * learnt,
                64,
                null,
                null,
                List.of());
        completed(evaluation, epoch, false, conditions.size());
    }

    /** The final checkpoint and its evaluation, with predictions of all but corruptions, and images of the attack of training. */
    PageRun evaluated(PageData data, Outcome convergence) {
        checkpoint();
        String evaluation = evaluation();
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.clean("test"));
        for (double epsilon : new double[] {0.25, 0.5, 1}) {
            conditions.add(pgd("pgd-l2", "l2", epsilon, "test"));
        }
        conditions.add(pgd("fgsm", "l2", 0.5, "test"));
        for (double epsilon : new double[] {2 / 255.0, 4 / 255.0, 8 / 255.0}) {
            conditions.add(pgd("pgd-linf", "linf", epsilon, "test"));
        }
        CORRUPTIONS.forEach(corruption -> {
            for (int severity = 1; severity <= 5; severity++) {
                conditions.add(Condition.corruption(corruption, severity, "test"));
            }
        });
        conditions.add(Condition.shift("shift-other-scanner"));
        planned(evaluation, EPOCHS, true, "standard", conditions);
        for (Condition condition : conditions) {
            boolean clean = condition.kind() == Condition.Kind.CLEAN;
            boolean attacked = condition.label().equals(ATTACKED.label());
            measured(
                    evaluation,
                    EPOCHS,
                    true,
                    condition,
                    value(condition),
                    IMAGES,
                    condition.kind() == Condition.Kind.CORRUPTION
                            ? null
                            : data.predictions(id, evaluation, condition, value(condition)),
                    attacked ? data.gallery(id, evaluation, condition) : null,
                    clean ? List.of(subgroup("site", "north", 0.905), subgroup("site", "south", 0.832)) : List.of());
        }
        gate(evaluation, "more-steps-are-not-weaker", Outcome.PASSED, List.of(), "PGD 0.612 against FGSM 0.655");
        gate(
                evaluation,
                "attack-has-converged",
                convergence,
                List.of(ATTACKED.label(), "pgd-l2-10@1"),
                "10 steps leave 0.612, 100 steps 0.431");
        gate(evaluation, "noise-hurts-less", Outcome.PASSED, List.of(), "noise 0.861 against PGD 0.612");
        gate(evaluation, "gradients-are-there", Outcome.NOT_JUDGED, List.of(), "the suite has no probe");
        completed(evaluation, EPOCHS, true, conditions.size());
        return this;
    }

    /** As somebody has asked for it beside the experiment's own. */
    PageRun evaluatedByName(String name) {
        String evaluation = EvaluationId.named(id, EPOCHS, name).text();
        List<Condition> conditions = List.of(Condition.clean("test"), ATTACKED);
        planned(evaluation, EPOCHS, true, "full", conditions);
        for (Condition condition : conditions) {
            measured(evaluation, EPOCHS, true, condition, value(condition), IMAGES, null, null, List.of());
        }
        gate(evaluation, "attack-has-converged", Outcome.PASSED, List.of(), "10 steps leave 0.715, 100 steps 0.712");
        completed(evaluation, EPOCHS, true, conditions.size());
        return this;
    }

    PageRun checkpoint() {
        send.accept(
                Topic.CHECKPOINTS,
                CheckpointSaved.builder()
                        .id(id + "/1/checkpoint/" + EPOCHS)
                        .time(begin.plusSeconds(STEPS))
                        .experimentId(id)
                        .attempt(1)
                        .epoch(EPOCHS)
                        .step(STEPS)
                        .last(true)
                        .spec(spec)
                        .dataset(dataset)
                        .weights(object(ObjectKeys.WEIGHTS))
                        .model(object(ObjectKeys.MODEL))
                        .trainingState(object(ObjectKeys.TRAINING_STATE))
                        .build());
        return this;
    }

    /** Of its checkpoint; nobody reads it. */
    private ObjectRef object(String file) {
        return new ObjectRef(ObjectKeys.checkpoint(id, EPOCHS, file), "ab".repeat(32), 8);
    }

    String evaluation() {
        return EvaluationId.own(id, EPOCHS).text();
    }

    /** Falls with the radius and the severity, faster for a model that is less robust. */
    private double value(Condition condition) {
        double clean = 0.91 - 0.04 * robustness;
        double harm =
                switch (condition.kind()) {
                    case ATTACK -> {
                        double strength = condition.attack().epsilon()
                                / (condition.attack().norm().equals("l2") ? 1 : 8 / 255.0);
                        double weaker = condition.attack().name().equals("fgsm") ? 0.8 : 1;
                        yield weaker * Math.min(1, strength * (1.6 - 1.25 * robustness));
                    }
                    case CORRUPTION ->
                        Math.min(
                                        1,
                                        condition.severity()
                                                * (0.04 + 0.045 * CORRUPTIONS.indexOf(condition.corruption()) / 4)
                                                * (1.7 - robustness))
                                - (condition.corruption().equals("brightness-up") ? 0.1 : 0);
                    case SHIFT -> 0.35 - 0.15 * robustness;
                    default -> 0;
                };
        return clean - harm * (clean - 0.42);
    }

    private static RobustnessMetric.Subgroup subgroup(String attribute, String value, double accuracy) {
        return new RobustnessMetric.Subgroup(
                attribute,
                value,
                List.of(80, 80),
                false,
                List.of(figure(FigureNames.BALANCED_ACCURACY, accuracy, 160)));
    }

    private static Figure figure(String metric, double value, int n) {
        double half = 1.96 * Math.sqrt(Math.max(0.02, value * (1 - value)) / n);
        return new Figure(metric, value, Math.max(0, value - half), Math.min(1, value + half), n, null)
                .beside(0.5, "always class benign");
    }

    private void measured(
            String evaluation,
            int epoch,
            boolean last,
            Condition condition,
            double value,
            int n,
            ObjectRef predictions,
            ObjectRef gallery,
            List<RobustnessMetric.Subgroup> subgroups) {
        send.accept(
                Topic.ROBUSTNESS_METRICS,
                RobustnessMetric.Measured.builder()
                        .id(evaluation + "/" + condition.label() + "/result")
                        .time(begin.plusSeconds(epoch))
                        .experimentId(id)
                        .evaluationId(evaluation)
                        .epoch(epoch)
                        .last(last)
                        .condition(condition)
                        .values(List.of(
                                figure(FigureNames.ACCURACY, value + 0.01, n),
                                figure(FigureNames.BALANCED_ACCURACY, value, n),
                                figure(FigureNames.AUROC, Math.min(1, value + 0.05), n),
                                figure(FigureNames.SENSITIVITY, value - 0.03, n / 2),
                                figure(FigureNames.SPECIFICITY, value + 0.03, n / 2),
                                figure(FigureNames.CALIBRATION_ERROR, 0.06, n)))
                        .predictions(predictions)
                        .gallery(gallery)
                        .subgroups(subgroups.isEmpty() ? null : subgroups)
                        .build());
    }

    private void planned(String evaluation, int epoch, boolean last, String suite, List<Condition> conditions) {
        send.accept(
                Topic.ROBUSTNESS_METRICS,
                RobustnessMetric.Planned.builder()
                        .id(evaluation + "/planned")
                        .time(begin)
                        .experimentId(id)
                        .evaluationId(evaluation)
                        .attempt(1)
                        .epoch(epoch)
                        .step(epoch * 10L)
                        .last(last)
                        .suite(suite)
                        .conditions(conditions)
                        .build());
    }

    private void gate(String evaluation, String gate, Outcome outcome, List<String> concerns, String finding) {
        send.accept(
                Topic.ROBUSTNESS_METRICS,
                RobustnessMetric.Gate.builder()
                        .id(evaluation + "/gate/" + gate)
                        .time(begin)
                        .experimentId(id)
                        .evaluationId(evaluation)
                        .epoch(EPOCHS)
                        .last(true)
                        .gate(gate)
                        .outcome(outcome)
                        .concerns(concerns)
                        .finding(finding)
                        .build());
    }

    private void completed(String evaluation, int epoch, boolean last, int measured) {
        send.accept(
                Topic.ROBUSTNESS_METRICS,
                RobustnessMetric.Completed.builder()
                        .id(evaluation + "/completed")
                        .time(begin)
                        .experimentId(id)
                        .evaluationId(evaluation)
                        .epoch(epoch)
                        .last(last)
                        .measured(measured)
                        .failed(0)
                        .build());
    }
}
