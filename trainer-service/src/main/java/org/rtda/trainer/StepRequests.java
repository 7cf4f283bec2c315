package org.rtda.trainer;

import java.time.Instant;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.AugmentRequest;
import org.rtda.contracts.BatchRequest;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ImageSource;
import org.rtda.contracts.Payload;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.nn.pytorch.method.View;
import org.rtda.trainer.plan.TrainingPlan;

/** The requests of an attempt's steps. Each names all that its answer depends on, so it is the same whenever it is made. */
final class StepRequests {
    private final ExperimentCommand.Submit experiment;
    private final long attempt;
    private final String replyTo;
    private final TrainingPlan plan;

    StepRequests(ExperimentCommand.Submit experiment, long attempt, String replyTo, TrainingPlan plan) {
        this.experiment = experiment;
        this.attempt = attempt;
        this.replyTo = replyTo;
        this.plan = plan;
    }

    String id(long step, View view, int shard) {
        return BatchRequest.idOf(experiment.experimentId(), attempt, step, view.name(), shard);
    }

    /** The images of a shard. For the thread that plans. */
    ImageSource images(long step, int shard) {
        return images(step, plan.shards(plan.batch(step)).get(shard));
    }

    ImageSource images(long step, int[] indices) {
        return new ImageSource(
                experiment.dataset(),
                SplitNames.TRAIN,
                indices,
                experiment.spec().preAugmentation(),
                experiment.spec().seed(),
                step);
    }

    /** For the thread that plans. */
    AugmentRequest augmented(long step, View view, int shard) {
        return new AugmentRequest(
                id(step, view, shard),
                Instant.now(),
                Event.SCHEMA_VERSION,
                experiment.experimentId(),
                replyTo,
                attempt,
                step,
                view.name(),
                shard,
                images(step, shard),
                experiment.spec().augmix(),
                experiment.spec().seed());
    }

    /**
     * On any thread.
     *
     * @param base what the attack starts from; null for the clean images
     */
    AttackRequest adversarial(long step, View view, int shard, ImageSource images, Payload base, ObjectRef weights) {
        return AttackRequest.builder()
                .id(id(step, view, shard))
                .time(Instant.now())
                .experimentId(experiment.experimentId())
                .replyTo(replyTo)
                .attempt(attempt)
                .step(step)
                .view(view.name())
                .shard(shard)
                .images(images)
                .base(base)
                .network(experiment.spec().network())
                .weights(weights)
                .attack(plan.attack(step))
                .seed(experiment.spec().seed())
                .objective(view.objective().title())
                .normalization(experiment.spec().trainedNormalization())
                .build();
    }
}
