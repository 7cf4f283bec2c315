package org.rtda.trainer;

import java.time.Instant;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.MetricSubject;
import org.rtda.contracts.TrainingMetric;
import org.rtda.nn.pytorch.method.StepReport;
import org.rtda.trainer.plan.TrainingPlan;
import org.rtda.trainer.telemetry.StepWaits;

/** What an attempt says about itself while it runs. */
final class RunProgress {
    private final ExperimentCommand.Submit experiment;
    private final long attempt;
    private final TrainingPlan plan;
    private final String objective;
    private final String trainer;
    private final String device;
    private final MetricSubject subject;

    /**
     * @param objective what the method minimises, as people read it
     * @param trainer name of the process
     * @param device on which it computes
     */
    RunProgress(
            ExperimentCommand.Submit experiment,
            long attempt,
            TrainingPlan plan,
            String objective,
            String trainer,
            String device) {
        this.experiment = experiment;
        this.attempt = attempt;
        this.plan = plan;
        this.objective = objective;
        this.trainer = trainer;
        this.device = device;
        this.subject = MetricSubject.of(experiment.spec());
    }

    /** After so many steps. */
    ExperimentStatus running(long step) {
        return ExperimentStatus.builder()
                .id(experiment.experimentId() + "/" + attempt + "/running/" + step)
                .time(Instant.now())
                .experimentId(experiment.experimentId())
                .attempt(attempt)
                .state(State.RUNNING)
                .step(step)
                .totalSteps(plan.totalSteps())
                .epoch(plan.epochOf(step))
                .trainer(trainer)
                .device(device)
                .objective(objective)
                .build();
    }

    /** @param step from 0; messages count from 1 */
    TrainingMetric metric(long step, double learningRate, StepReport report, long stepNanos, StepWaits waits) {
        return TrainingMetric.builder()
                .id(experiment.experimentId() + "/" + attempt + "/step/" + (step + 1))
                .time(Instant.now())
                .experimentId(experiment.experimentId())
                .attempt(attempt)
                .step(step + 1)
                .totalSteps(plan.totalSteps())
                .epoch(plan.epochOf(step) + 1)
                .learningRate(learningRate)
                .loss(report.loss())
                .terms(report.terms())
                .accuracy(report.accuracy())
                .stepMillis(stepNanos / 1e6)
                .waitMillis(waits.augmentMillis() + waits.attackMillis())
                .subject(subject)
                .augmentWaitMillis(waits.augmentMillis())
                .attackWaitMillis(waits.attackMillis())
                .build();
    }
}
