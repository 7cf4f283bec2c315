package org.rtda.contracts;

import java.time.Instant;
import java.util.Map;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;

/**
 * One optimiser step; topic {@link Topic#TRAINING_METRICS}, key: the experiment's id.
 *
 * @param id identity of the message: the same when it is sent again
 * @param time when it was sent, UTC
 * @param schemaVersion version of the format of the message
 * @param experimentId id of the experiment
 * @param attempt grows each time the experiment changes hands
 * @param step steps done, this one included
 * @param totalSteps steps of the whole run
 * @param epoch the epoch this step belongs to, from 1
 * @param learningRate of the optimiser in this step
 * @param loss the value minimised
 * @param terms its parts by name, before weighting, for example {@code cross-entropy}, {@code jensen-shannon}
 * @param accuracy by view, for example {@code clean}, {@code adversarial}: share of the batch classified rightly, in [0,1]
 * @param stepMillis wall time of the whole step
 * @param waitMillis the part of it spent waiting for workers' batches
 * @param subject what is trained; null in messages of earlier builds
 * @param augmentWaitMillis the part of {@code waitMillis} for augment workers; null in messages of earlier builds
 * @param attackWaitMillis the part of {@code waitMillis} for attack workers; null in messages of earlier builds
 */
public record TrainingMetric(
        String id,
        Instant time,
        int schemaVersion,
        String experimentId,
        long attempt,
        long step,
        long totalSteps,
        int epoch,
        double learningRate,
        double loss,
        Map<String, Double> terms,
        Map<String, Double> accuracy,
        double stepMillis,
        double waitMillis,
        MetricSubject subject,
        Double augmentWaitMillis,
        Double attackWaitMillis)
        implements Event {
    public TrainingMetric {
        Check.event(id, time, schemaVersion, experimentId);
        Check.finite("loss", loss);
        terms = Check.copyOf("terms", terms);
        terms.forEach((name, value) -> Check.finite("terms." + name, value));
        accuracy = Check.copyOf("accuracy", accuracy);
        accuracy.forEach((name, value) -> Check.inRange("accuracy." + name, value, 0, 1));
        requireMillis("augmentWaitMillis", augmentWaitMillis);
        requireMillis("attackWaitMillis", attackWaitMillis);
    }

    /** Of an experiment of which nothing more is said. */
    public TrainingMetric(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            long attempt,
            long step,
            long totalSteps,
            int epoch,
            double learningRate,
            double loss,
            Map<String, Double> terms,
            Map<String, Double> accuracy,
            double stepMillis,
            double waitMillis) {
        this(
                id,
                time,
                schemaVersion,
                experimentId,
                attempt,
                step,
                totalSteps,
                epoch,
                learningRate,
                loss,
                terms,
                accuracy,
                stepMillis,
                waitMillis,
                null,
                null,
                null);
    }

    private static void requireMillis(String field, Double millis) {
        if (millis != null) {
            Check.inRange(field, millis, 0, Double.MAX_VALUE);
        }
    }
}
