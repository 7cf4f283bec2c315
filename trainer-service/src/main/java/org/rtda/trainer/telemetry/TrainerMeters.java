package org.rtda.trainer.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.TrainingMetric;

/**
 * What operators see of this trainer. Every series is there from the start, so that the first count is an increase and
 * not a new series. Safe for use by several threads.
 */
public final class TrainerMeters {
    private final Map<State, Counter> ended = new EnumMap<>(State.class);
    private final Timer steps;
    private final Timer waiting;
    private final Counter askedAgain;
    private final LongSupplier nanoTime;
    private boolean training;
    private long movedAt;

    public TrainerMeters(MeterRegistry meters, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        for (State state : new State[] {State.TRAINED, State.FAILED, State.CANCELLED}) {
            ended.put(
                    state,
                    Counter.builder("rtda.experiments.ended")
                            .description("experiments that this trainer brought to their end")
                            .tag("state", state.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
        this.steps = Timer.builder("rtda.training.step")
                .description("optimiser steps, with the wait for workers")
                .register(meters);
        this.waiting = Timer.builder("rtda.training.wait")
                .description("the part of a step that the trainer waited for workers")
                .register(meters);
        this.askedAgain = Counter.builder("rtda.requests.asked.again")
                .description("requests to workers that were sent again because no answer came")
                .register(meters);
        Gauge.builder("rtda.stalled", this, meter -> meter.stalledFor().toNanos() / 1e9)
                .baseUnit("seconds")
                .description("how long an experiment has been under way without a step or a checkpoint")
                .register(meters);
    }

    public synchronized void experimentBegan() {
        training = true;
        moved();
    }

    public synchronized void experimentLeft() {
        training = false;
    }

    /** Something was published: a state, a step, a checkpoint. */
    public synchronized void moved() {
        movedAt = nanoTime.getAsLong();
    }

    public void stepTaken(TrainingMetric metric) {
        steps.record(Duration.ofNanos((long) (metric.stepMillis() * 1e6)));
        waiting.record(Duration.ofNanos((long) (metric.waitMillis() * 1e6)));
        moved();
    }

    public void ended(State state) {
        ended.get(state).increment();
    }

    public void askedAgain() {
        askedAgain.increment();
    }

    /** Zero while no experiment is under way. */
    public synchronized Duration stalledFor() {
        return training ? Duration.ofNanos(nanoTime.getAsLong() - movedAt) : Duration.ZERO;
    }
}
