package org.rtda.evaluator.lifecycle;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.evaluator.condition.ConditionOutcome;
import org.rtda.evaluator.condition.MeasureCondition;
import org.rtda.evaluator.context.ConditionFailedException;
import org.rtda.evaluator.context.EvaluationIds;
import org.rtda.evaluator.context.EvaluatorEvents;
import org.rtda.evaluator.context.EvaluatorFailure;
import org.rtda.messaging.LogContext;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.ArtifactStoreUnavailableException;

/**
 * Answers a task once: with its figures, or with the reason why there are none. Nothing is repeated here: the store and
 * {@link org.rtda.evaluator.attack.AttackClient} do that, and a task that they give up goes to another evaluator. A
 * task whose evaluation is cancelled is interrupted while it waits, and answered with that reason.
 */
public final class TaskRunner {
    private static final Logger LOG = Logger.getLogger(TaskRunner.class);

    /** What measures; {@link MeasureCondition} outside tests. */
    public interface Measurement {
        ConditionOutcome measure(EvaluationTask task) throws InterruptedException;
    }

    private final Measurement measurement;
    private final PublishedMetrics published;
    private final CancelledEvaluations cancelled;
    private final EvaluatorEvents events;
    private final WorkProgress progress;
    private final Clock clock;
    private final Executor workers;
    private final Counter measured;
    private final Counter failed;
    private final Counter dropped;
    private final Timer seconds;
    private final ConcurrentMap<String, Running> underWay = new ConcurrentHashMap<>();

    public TaskRunner(
            Measurement measurement,
            PublishedMetrics published,
            CancelledEvaluations cancelled,
            EvaluatorEvents events,
            WorkProgress progress,
            Clock clock,
            Executor workers,
            MeterRegistry meters) {
        this.measurement = measurement;
        this.published = published;
        this.cancelled = cancelled;
        this.events = events;
        this.progress = progress;
        this.clock = clock;
        this.workers = workers;
        this.measured = Counter.builder("rtda.evaluator.conditions.measured")
                .description("conditions answered with figures")
                .register(meters);
        this.failed = Counter.builder("rtda.evaluator.conditions.failed")
                .description("conditions answered with a reason")
                .register(meters);
        this.dropped = Counter.builder("rtda.evaluator.conditions.dropped")
                .description("conditions not measured because their evaluation was cancelled")
                .register(meters);
        this.seconds = Timer.builder("rtda.evaluator.condition")
                .description("time from the start of a task to its published answer")
                .register(meters);
        meters.gauge("rtda.evaluator.tasks.under.way", progress, WorkProgress::tasksUnderWay);
        Gauge.builder("rtda.stalled", progress, watched -> watched.stalledFor().toNanos() / 1e9)
                .baseUnit("seconds")
                .description(
                        "how long tasks have been under way without a batch judged; those that wait for attackers do not count")
                .register(meters);
    }

    /**
     * Ends when the answer is published, or was already. A task that is given again while it is under way, after a
     * rebalance, joins the one under way. Ends exceptionally when the service stops, when the broker refuses the answer, or
     * with a failure that is not final: the task is then not done.
     *
     * @param isFinal whether a failure is to be published as the task's answer
     */
    public CompletionStage<Void> run(EvaluationTask task, Predicate<Throwable> isFinal) {
        String result = EvaluationIds.result(task.evaluationId(), task.condition());
        Running mine = new Running(task, isFinal);
        Running earlier = underWay.putIfAbsent(result, mine);
        if (earlier != null) {
            return earlier.answered;
        }
        workers.execute(() -> {
            LogContext.task(task.experimentId(), task.id());
            try {
                answer(mine, result);
                underWay.remove(result);
                mine.answered.complete(null);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                underWay.remove(result);
                mine.answered.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                // whoever waits for the answer must hear of an error, too: a task that nobody answers holds its record
                // for ever
                underWay.remove(result);
                mine.answered.completeExceptionally(e);
            } finally {
                LogContext.clear();
            }
        });
        return mine.answered;
    }

    /** Those under way that nobody wants any more stop waiting, for attackers above all, and are answered. */
    public void interruptCancelled() {
        underWay.values().stream().filter(running -> isCancelled(running.task)).forEach(Running::interrupt);
    }

    private boolean isCancelled(EvaluationTask task) {
        return cancelled.contains(task.experimentId(), task.evaluationId());
    }

    /** A task, and the thread that measures it while it does. */
    private static final class Running {
        private final EvaluationTask task;
        private final Predicate<Throwable> isFinal;
        private final CompletableFuture<Void> answered = new CompletableFuture<>();
        private Thread measuring;
        private boolean interrupted;

        private Running(EvaluationTask task, Predicate<Throwable> isFinal) {
            this.task = task;
            this.isFinal = isFinal;
        }

        private synchronized void begin() {
            measuring = Thread.currentThread();
        }

        /** The thread goes on to other work: an interrupt that was meant for the measurement must not reach that. */
        private synchronized void end() {
            measuring = null;
            if (interrupted) {
                Thread.interrupted();
            }
        }

        private synchronized void interrupt() {
            if (measuring != null) {
                interrupted = true;
                measuring.interrupt();
            }
        }

        private synchronized boolean wasInterrupted() {
            return interrupted;
        }
    }

    private void answer(Running running, String result) throws InterruptedException {
        EvaluationTask task = running.task;
        if (published.isAnswered(task.evaluationId(), task.condition())) {
            return;
        }
        progress.taskBegan();
        long began = System.nanoTime();
        try {
            RobustnessMetric metric = measure(running, result);
            // another evaluator may have answered meanwhile, when the task's lock had run out
            if (published.isAnswered(task.evaluationId(), task.condition())) {
                return;
            }
            progress.waitingFor(
                    () -> events.publish(metric).toCompletableFuture().join());
            published.add(metric);
            counterOf(metric).increment();
            seconds.record(Duration.ofNanos(System.nanoTime() - began));
        } finally {
            progress.taskEnded();
        }
    }

    private Counter counterOf(RobustnessMetric metric) {
        if (metric instanceof RobustnessMetric.Measured) {
            return measured;
        }
        return ((RobustnessMetric.Failed) metric).wasCancelled() ? dropped : failed;
    }

    private RobustnessMetric measure(Running running, String result) throws InterruptedException {
        EvaluationTask task = running.task;
        running.begin();
        try {
            // looked at after the thread is known: what is cancelled from here on is interrupted
            RobustnessMetric metric =
                    isCancelled(task) ? cancelled(task, result) : figuresOrReason(task, result, running.isFinal);
            // an interrupted call may fail in its own words
            return metric instanceof RobustnessMetric.Failed && running.wasInterrupted()
                    ? cancelled(task, result)
                    : metric;
        } catch (InterruptedException e) {
            if (!running.wasInterrupted()) {
                throw e;
            }
            return cancelled(task, result);
        } catch (RuntimeException e) {
            if (!running.wasInterrupted()) {
                throw e;
            }
            return cancelled(task, result);
        } finally {
            running.end();
        }
    }

    /** @throws InterruptedException when the service stops or the task was cancelled */
    private RobustnessMetric figuresOrReason(EvaluationTask task, String result, Predicate<Throwable> isFinal)
            throws InterruptedException {
        try {
            ConditionOutcome judgement = measurement.measure(task);
            return RobustnessMetric.Measured.builder()
                    .id(result)
                    .time(clock.instant())
                    .experimentId(task.experimentId())
                    .evaluationId(task.evaluationId())
                    .epoch(task.checkpoint().epoch())
                    .last(task.checkpoint().last())
                    .condition(task.condition())
                    .values(judgement.figures())
                    .predictions(judgement.predictions())
                    .gallery(judgement.gallery())
                    .subset(judgement.subset())
                    .subgroups(judgement.subgroups())
                    .subject(task.subject())
                    .build();
        } catch (UnwantedTaskException e) {
            // where it has an answer, this one is not published
            return cancelled(task, result);
        } catch (ArtifactStoreUnavailableException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("stopped while waiting for the store");
            }
            throw e;
        } catch (ConditionFailedException
                | ArtifactMissingException
                | ArtifactCorruptException
                | InvalidFieldException
                | InvalidMessageException e) {
            return failed(task, result, e.getMessage());
        } catch (RuntimeException | Error e) {
            if (!isFinal.test(e)) {
                throw e;
            }
            LOG.errorf(e, "Unexpected failure in %s", task.id());
            return failed(task, result, EvaluatorFailure.UNEXPECTED.sentence(e));
        }
    }

    /**
     * Answers a task that will not come again with the reason; ends when that is published, or was answered already. One that is under way
     * here is not given up: an earlier holder that was taken for dead may be this evaluator, and what is measured is the answer. This ends
     * then as that does.
     */
    public CompletionStage<Void> giveUp(EvaluationTask task, String reason) {
        String result = EvaluationIds.result(task.evaluationId(), task.condition());
        Running earlier = underWay.get(result);
        if (earlier != null) {
            return earlier.answered;
        }
        // after that look: what has ended with an answer meanwhile is known here
        if (published.isAnswered(task.evaluationId(), task.condition())) {
            return CompletableFuture.completedFuture(null);
        }
        RobustnessMetric metric = failed(task, result, reason);
        return events.publish(metric).thenRun(() -> {
            published.add(metric);
            failed.increment();
        });
    }

    /**
     * Answers the condition of a task that becomes a dead letter, since nobody will measure it; ends when that is published. Does nothing
     * where no such task is planned, or its condition has an answer.
     *
     * @param taskId the key of the task's record: what the record says may not be readable
     */
    public CompletionStage<Void> refused(String taskId, String reason) {
        return CompletableFuture.allOf(published.openTask(taskId).stream()
                .flatMap(task ->
                        task.failed(clock.instant(), EvaluatorFailure.TASK_REFUSED.sentence(reason), null).stream())
                .map(answer -> {
                    LOG.warnf("%s: %s", taskId, answer.reason());
                    return events.publish(answer).toCompletableFuture().thenRun(() -> {
                        published.add(answer);
                        failed.increment();
                    });
                })
                .toArray(CompletableFuture[]::new));
    }

    private RobustnessMetric failed(EvaluationTask task, String result, String reason) {
        LOG.warnf("%s: %s", task.id(), reason);
        return failed(task, result, reason, null);
    }

    private RobustnessMetric cancelled(EvaluationTask task, String result) {
        return failed(task, result, EvaluatorFailure.CANCELLED.sentence(), true);
    }

    private RobustnessMetric failed(EvaluationTask task, String result, String reason, Boolean wasCancelled) {
        return RobustnessMetric.Failed.builder()
                .id(result)
                .time(clock.instant())
                .experimentId(task.experimentId())
                .evaluationId(task.evaluationId())
                .epoch(task.checkpoint().epoch())
                .last(task.checkpoint().last())
                .condition(task.condition())
                .reason(reason)
                .cancelled(wasCancelled)
                .subject(task.subject())
                .build();
    }
}
