package org.rtda.evaluator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EvaluationTask;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.Figure;
import org.rtda.contracts.MetricSubject;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Subset;
import org.rtda.contracts.settings.Condition;
import org.rtda.evaluator.condition.ConditionOutcome;
import org.rtda.evaluator.context.EvaluatorFixtures;
import org.rtda.evaluator.context.RecordedEvents;
import org.rtda.service.WorkProgress;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.ArtifactStoreUnavailableException;

class TaskRunnerTest {
    private static final EvaluationTask TASK = EvaluatorFixtures.task(
            EvaluatorFixtures.checkpoint(5, true, EvaluatorFixtures.spec()), Condition.clean("test"), 0);
    private static final List<Figure> FIGURES = List.of(new Figure("accuracy", 0.5, 0.25, 0.75, 10, null));
    private static final ConditionOutcome JUDGEMENT = new ConditionOutcome(
            FIGURES,
            EvaluatorFixtures.ref("experiments/exp/evaluations/clean.json"),
            EvaluatorFixtures.ref("experiments/exp/galleries/clean.json"),
            new Subset(80, 160),
            List.of(new RobustnessMetric.Subgroup("sex", "F", List.of(30, 10), false, FIGURES)));

    private final RecordedEvents events = new RecordedEvents();
    private final PublishedMetrics published = new PublishedMetrics();
    private final CancelledEvaluations cancelled = new CancelledEvaluations();
    private final WorkProgress progress = new WorkProgress(System::nanoTime);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> measured = new ArrayList<>();

    private TaskRunner runner(TaskRunner.Measurement measurement, Executor workers) {
        return new TaskRunner(
                measurement,
                published,
                cancelled,
                events,
                progress,
                Clock.fixed(EvaluatorFixtures.NOW, ZoneOffset.UTC),
                workers,
                meters);
    }

    private ConditionOutcome measure(EvaluationTask task) {
        measured.add(task.id());
        return JUDGEMENT;
    }

    private static CompletableFuture<Void> run(TaskRunner runner) {
        return runner.run(TASK, failure -> true).toCompletableFuture();
    }

    private RobustnessMetric.Failed failure(TaskRunner.Measurement measurement) {
        run(runner(measurement, Runnable::run)).join();
        return (RobustnessMetric.Failed) events.metrics.get(0);
    }

    @Test
    void figuresArePublishedUnderTheConditionsId() {
        run(runner(this::measure, Runnable::run)).join();

        assertThat(events.metrics)
                .containsExactly(RobustnessMetric.Measured.builder()
                        .id("exp/epoch-00005/clean/result")
                        .time(EvaluatorFixtures.NOW)
                        .experimentId("exp")
                        .evaluationId("exp/epoch-00005")
                        .epoch(5)
                        .last(true)
                        .condition(TASK.condition())
                        .values(FIGURES)
                        .predictions(EvaluatorFixtures.ref("experiments/exp/evaluations/clean.json"))
                        .gallery(EvaluatorFixtures.ref("experiments/exp/galleries/clean.json"))
                        .subset(new Subset(80, 160))
                        .subgroups(JUDGEMENT.subgroups())
                        .subject(new MetricSubject("dark-bright", "rtda", "resnet8", 7, "l2", 0.5, null, null, "clean"))
                        .build());
        assertThat(meters.counter("rtda.evaluator.conditions.measured").count()).isEqualTo(1);
        assertThat(meters.counter("rtda.evaluator.conditions.failed").count()).isZero();
        assertThat(meters.timer("rtda.evaluator.condition").count()).isEqualTo(1);
        assertThat(progress.tasksUnderWay()).isZero();
    }

    /** The images of an evaluation that has ended may be forgotten: whoever still measures keeps nothing of them. */
    @Test
    void aTaskThatIsCancelledWhileItIsMeasuredKeepsNothingAndIsAnsweredSo() {
        WantedTasks wanted = new WantedTasks(published, cancelled);
        RobustnessMetric.Failed answer = failure(task -> {
            wanted.require(task);
            cancelled.apply(new ExperimentCommand.Cancel("c", EvaluatorFixtures.NOW, 1, "exp", null));
            wanted.require(task);
            return measure(task);
        });

        assertThat(answer.wasCancelled()).isTrue();
        assertThat(measured).isEmpty();
    }

    @Test
    void aTaskThatAnotherEvaluatorAnswersMeanwhileKeepsNothingAndIsNotAnsweredAgain() {
        WantedTasks wanted = new WantedTasks(published, cancelled);
        TaskRunner another = runner(this::measure, Runnable::run);
        run(runner(
                        task -> {
                            run(another).join();
                            wanted.require(task);
                            throw new AssertionError("measured for nobody");
                        },
                        Runnable::run))
                .join();

        assertThat(measured).hasSize(1);
        assertThat(events.metrics).hasSize(1);
    }

    /** Fifteen minutes without a broker are no reason to start an evaluator again. */
    @Test
    void anAnswerThatWaitsForTheBrokerIsNoStall() {
        AtomicLong now = new AtomicLong();
        WorkProgress watched = new WorkProgress(now::get);
        List<Duration> stalled = new ArrayList<>();
        events.onMetric = metric -> new CompletableFuture<Void>() {
            @Override
            public Void join() {
                now.set(Duration.ofMinutes(20).toNanos());
                stalled.add(watched.stalledFor());
                return null;
            }
        };
        run(new TaskRunner(
                        this::measure, published, cancelled, events, watched, Clock.systemUTC(), Runnable::run, meters))
                .join();

        assertThat(stalled).containsExactly(Duration.ZERO);
    }

    @Test
    void aTaskThatComesAgainIsAnsweredOnce() {
        TaskRunner runner = runner(this::measure, Runnable::run);
        run(runner).join();
        run(runner).join();

        assertThat(measured).hasSize(1);
        assertThat(events.metrics).hasSize(1);
    }

    @Test
    void aTaskThatAnotherReplicaHasAnsweredIsNotMeasured() {
        published.add(EvaluatorFixtures.failed("exp/epoch-00005", TASK.condition()));
        run(runner(this::measure, Runnable::run)).join();

        assertThat(measured).isEmpty();
        assertThat(events.metrics).isEmpty();
    }

    @Test
    void whatAnotherReplicaAnswersMeanwhileIsNotAnsweredTwice() {
        run(runner(
                        task -> {
                            published.add(EvaluatorFixtures.failed("exp/epoch-00005", TASK.condition()));
                            return JUDGEMENT;
                        },
                        Runnable::run))
                .join();

        assertThat(events.metrics).isEmpty();
    }

    @Test
    void aTaskGivenAgainWhileItIsUnderWayJoinsIt() {
        Deque<Runnable> queue = new ArrayDeque<>();
        TaskRunner runner = runner(this::measure, queue::add);
        CompletableFuture<Void> first = run(runner);
        CompletableFuture<Void> second = run(runner);

        assertThat(queue).hasSize(1);
        assertThat(second).isNotDone();
        queue.remove().run();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    /** Four holders fell silent, as far as the broker knows; one of them is this evaluator, whose connection was cut. */
    @Test
    void aTaskAtItsLastDeliveryIsNotGivenUpWhileItIsMeasuredHereAndItsFiguresCount() {
        Deque<Runnable> queue = new ArrayDeque<>();
        TaskRunner runner = runner(this::measure, queue::add);
        CompletableFuture<Void> first = run(runner);
        CompletableFuture<Void> last =
                runner.giveUp(TASK, "given to 4 workers before").toCompletableFuture();

        assertThat(events.metrics).isEmpty();
        assertThat(last).isNotDone();
        queue.remove().run();
        assertThat(first).isCompleted();
        assertThat(last).isCompleted();
        assertThat(events.metrics).singleElement().isInstanceOf(RobustnessMetric.Measured.class);
    }

    /** Then the record at its last delivery is published anew, or becomes a dead letter, as the failure says. */
    @Test
    void whatFailsUnderWayFailsForWhoJoinedItAtTheLastDeliveryToo() {
        Deque<Runnable> queue = new ArrayDeque<>();
        ArtifactStoreUnavailableException away = new ArtifactStoreUnavailableException("nobody there", null);
        TaskRunner runner = runner(
                task -> {
                    throw away;
                },
                queue::add);
        run(runner);
        CompletableFuture<Void> last =
                runner.giveUp(TASK, "given to 4 workers before").toCompletableFuture();
        queue.remove().run();

        assertThatThrownBy(last::join).hasCause(away);
        assertThat(events.metrics).isEmpty();
    }

    @Test
    void aTaskAtItsLastDeliveryThatNobodyMeasuresHereIsGivenUpWithTheReason() {
        runner(this::measure, Runnable::run)
                .giveUp(TASK, "given to 4 workers before")
                .toCompletableFuture()
                .join();

        assertThat(measured).isEmpty();
        assertThat(events.metrics)
                .singleElement()
                .isInstanceOfSatisfying(RobustnessMetric.Failed.class, failed -> assertThat(failed.reason())
                        .isEqualTo("given to 4 workers before"));
    }

    @Test
    void tasksOfACancelledEvaluationAreAnsweredWithoutBeingMeasured() {
        cancelled.apply(EvaluatorFixtures.cancel("exp"));

        RobustnessMetric.Failed failed = failure(this::measure);
        assertThat(failed.reason()).isEqualTo("cancelled");
        assertThat(failed.wasCancelled()).isTrue();
        assertThat(measured).isEmpty();
        assertThat(meters.counter("rtda.evaluator.conditions.dropped").count()).isEqualTo(1);
        assertThat(meters.counter("rtda.evaluator.conditions.failed").count()).isZero();
    }

    @Test
    void aNamedEvaluationOfACancelledExperimentIsMeasuredUnlessTheCommandNamesIt() {
        EvaluationTask named = new EvaluationTask(
                "t", EvaluatorFixtures.NOW, 1, "exp", "exp/epoch-00005/full", TASK.checkpoint(), TASK.condition(), 0);
        cancelled.apply(EvaluatorFixtures.cancel("exp", "exp/epoch-00005/other"));
        runner(this::measure, Runnable::run)
                .run(named, failure -> true)
                .toCompletableFuture()
                .join();
        assertThat(events.metrics).singleElement().isInstanceOf(RobustnessMetric.Measured.class);

        cancelled.apply(EvaluatorFixtures.cancel("exp", "exp/epoch-00005/full"));
        EvaluationTask another = new EvaluationTask(
                "t",
                EvaluatorFixtures.NOW,
                1,
                "exp",
                "exp/epoch-00005/full",
                TASK.checkpoint(),
                Condition.corruption("jpeg", 3, "test"),
                0);
        runner(this::measure, Runnable::run)
                .run(another, failure -> true)
                .toCompletableFuture()
                .join();
        assertThat(events.metrics.get(1)).isInstanceOf(RobustnessMetric.Failed.class);
    }

    @Test
    void aTaskThatWaitsWhenItsEvaluationIsCancelledIsAnsweredAndItsThreadGoesOnUninterrupted() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            TaskRunner runner = runner(
                    task -> {
                        waiting.countDown();
                        new CountDownLatch(1).await();
                        return JUDGEMENT;
                    },
                    one);
            CompletableFuture<Void> answered = run(runner);
            waiting.await();
            runner.interruptCancelled();
            assertThat(answered).as("nobody cancelled it").isNotDone();

            cancelled.apply(EvaluatorFixtures.cancel("exp"));
            runner.interruptCancelled();
            answered.join();

            assertThat(events.metrics).singleElement().satisfies(metric -> assertThat(
                            ((RobustnessMetric.Failed) metric).wasCancelled())
                    .isTrue());
            assertThat(one.submit(Thread::interrupted).get()).isFalse();
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void aCallThatFailsInItsOwnWordsSinceItsTaskWasCancelledIsAnsweredAsCancelled() {
        TaskRunner[] runner = new TaskRunner[1];
        runner[0] = runner(
                task -> {
                    cancelled.apply(EvaluatorFixtures.cancel("exp"));
                    runner[0].interruptCancelled();
                    throw new IllegalStateException("interrupted");
                },
                Runnable::run);
        run(runner[0]).join();

        assertThat(((RobustnessMetric.Failed) events.metrics.get(0)).reason()).isEqualTo("cancelled");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aMissingObjectIsAReasonAndTheRestGoesOn() {
        RobustnessMetric.Failed failed = failure(task -> {
            throw new ArtifactMissingException("model.onnx");
        });

        assertThat(failed.reason()).contains("model.onnx");
        assertThat(failed.id()).isEqualTo("exp/epoch-00005/clean/result");
        assertThat(failed.condition()).isEqualTo(TASK.condition());
    }

    /** Its key is all that can be read of it. */
    @Test
    void aTaskThatBecomesADeadLetterClosesItsPlannedConditionOnceAndTheReasonSaysWhatToLookAt() {
        EvaluationPlan plan = new EvaluationPlan(
                TASK.checkpoint(),
                "exp/epoch-00005",
                "quick",
                4,
                List.of(TASK.condition(), Condition.corruption("jpeg", 3, "test")));
        published.received(plan.planned(EvaluatorFixtures.NOW));
        TaskRunner runner = runner(this::measure, Runnable::run);
        for (String key : List.of("exp", "exp/epoch-00005/clean", "exp/epoch-00006/clean/task")) {
            runner.refused(key, "it is bad").toCompletableFuture().join();
        }
        assertThat(events.metrics).isEmpty();

        for (int twice = 0; twice < 2; twice++) {
            runner.refused("exp/epoch-00005/clean/task", "it is bad")
                    .toCompletableFuture()
                    .join();
        }
        assertThat(events.metrics).singleElement().isInstanceOfSatisfying(RobustnessMetric.Failed.class, failed -> {
            assertThat(failed.id()).isEqualTo("exp/epoch-00005/clean/result");
            assertThat(failed.condition()).isEqualTo(TASK.condition());
            assertThat(failed.reason())
                    .isEqualTo(
                            "the task is a dead letter, since it cannot be read or answered (it is bad): do all services"
                                    + " have the same version?");
            assertThat(failed.wasCancelled()).isFalse();
        });
        assertThat(meters.counter("rtda.evaluator.conditions.failed").count()).isEqualTo(1);
    }

    @Test
    void aBugIsAReasonTooAndNotASilence() {
        assertThat(failure(task -> {
                            throw new IndexOutOfBoundsException("Index 3");
                        })
                        .reason())
                .isEqualTo("unexpected failure: java.lang.IndexOutOfBoundsException: Index 3");
    }

    @Test
    void soIsAnErrorOnceEnoughEvaluatorsHaveMetIt() {
        assertThat(failure(task -> {
                            throw new OutOfMemoryError("Java heap space");
                        })
                        .reason())
                .isEqualTo("unexpected failure: java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void aTaskThatIsInterruptedIsNotAnswered() {
        CompletableFuture<Void> interrupted = run(runner(
                task -> {
                    throw new InterruptedException();
                },
                Runnable::run));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted).isCompletedExceptionally();
        assertThat(events.metrics).isEmpty();
        run(runner(this::measure, Runnable::run)).join();
        assertThat(events.metrics).hasSize(1);
    }
}
