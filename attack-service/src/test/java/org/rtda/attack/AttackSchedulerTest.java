package org.rtda.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttackSchedulerTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AttackScheduler lanes = new AttackScheduler();
    private final List<String> order = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void trainingThatWaitsGoesBeforeEvaluationThatWaitedLonger() {
        CountDownLatch finishFirst = new CountDownLatch(1);
        CountDownLatch firstBegan = new CountDownLatch(1);
        CompletableFuture<Void> first = onThread(() -> take(AttackLane.EVALUATION, () -> {
            firstBegan.countDown();
            await(finishFirst);
            return order.add("evaluation 1");
        }));
        await(firstBegan);
        CompletableFuture<Void> second = onThread(() -> take(AttackLane.EVALUATION, () -> order.add("evaluation 2")));
        CompletableFuture<Void> training = onThread(() -> take(AttackLane.TRAINING, () -> order.add("training")));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> lanes.waiting(AttackLane.TRAINING) == 1);
        finishFirst.countDown();
        CompletableFuture.allOf(first, second, training).join();
        assertThat(order).containsExactly("evaluation 1", "training", "evaluation 2");
    }

    @Test
    void evaluationThatHasBegunStepsAsideForTrainingAndGoesOnBeforeOtherEvaluation() {
        CountDownLatch firstBegan = new CountDownLatch(1);
        CountDownLatch othersWait = new CountDownLatch(1);
        CompletableFuture<Void> first = onThread(() -> take(AttackLane.EVALUATION, () -> {
            order.add("evaluation 1 begins");
            firstBegan.countDown();
            await(othersWait);
            lanes.stepAside(AttackLane.EVALUATION);
            return order.add("evaluation 1 ends");
        }));
        await(firstBegan);
        CompletableFuture<Void> second = onThread(() -> take(AttackLane.EVALUATION, () -> order.add("evaluation 2")));
        CompletableFuture<Void> training = onThread(() -> take(AttackLane.TRAINING, () -> order.add("training")));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> lanes.waiting(AttackLane.TRAINING) == 1);
        othersWait.countDown();
        CompletableFuture.allOf(first, second, training).join();
        assertThat(order).containsExactly("evaluation 1 begins", "training", "evaluation 1 ends", "evaluation 2");
    }

    @Test
    void nobodyStepsAsideWhileNoTrainingWaits() {
        assertThat(this.<Long>take(AttackLane.EVALUATION, () -> lanes.stepAside(AttackLane.EVALUATION)))
                .isZero();
    }

    @Test
    void workThatFailsLeavesTheLaneFree() {
        CompletableFuture<Void> failing = onThread(() -> take(AttackLane.TRAINING, () -> {
            throw new IllegalStateException("as the test wants it");
        }));
        assertThat(failing).failsWithin(Duration.ofSeconds(30));
        assertThat(this.<String>take(AttackLane.EVALUATION, () -> "next")).isEqualTo("next");
    }

    @Test
    void whatSomebodyAskedForByNameGoesLast() {
        CountDownLatch othersWait = new CountDownLatch(1);
        CountDownLatch began = new CountDownLatch(1);
        CompletableFuture<Void> named = onThread(() -> take(AttackLane.NAMED_EVALUATION, () -> {
            began.countDown();
            await(othersWait);
            lanes.stepAside(AttackLane.NAMED_EVALUATION);
            return order.add("named");
        }));
        await(began);
        CompletableFuture<Void> own = onThread(() -> take(AttackLane.EVALUATION, () -> order.add("own")));
        CompletableFuture<Void> training = onThread(() -> take(AttackLane.TRAINING, () -> order.add("training")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> lanes.waiting(AttackLane.TRAINING) == 1 && lanes.waiting(AttackLane.EVALUATION) == 1);
        othersWait.countDown();
        CompletableFuture.allOf(named, own, training).join();
        assertThat(order).containsExactly("training", "own", "named");
    }

    @Test
    void trainingNeverStepsAside() {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch evaluationWaits = new CountDownLatch(1);
        CompletableFuture<Void> training = onThread(() -> take(AttackLane.TRAINING, () -> {
            began.countDown();
            await(evaluationWaits);
            for (int pass = 1; pass <= 20; pass++) {
                lanes.stepAside(AttackLane.TRAINING);
            }
            return order.add("training");
        }));
        await(began);
        CompletableFuture<Void> own = onThread(() -> take(AttackLane.EVALUATION, () -> order.add("own")));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> lanes.waiting(AttackLane.EVALUATION) == 1);
        evaluationWaits.countDown();
        CompletableFuture.allOf(training, own).join();
        assertThat(order).containsExactly("training", "own");
    }

    private <T> T take(AttackLane lane, Supplier<T> work) {
        try {
            return lanes.take(lane, work);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletableFuture<Void> onThread(Runnable work) {
        return CompletableFuture.runAsync(work, threads);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
