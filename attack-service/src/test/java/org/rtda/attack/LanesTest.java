package org.rtda.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Lanes lanes = new Lanes();
    private final List<String> order = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void trainingThatWaitsGoesBeforeEvaluationThatWaitedLonger() {
        CountDownLatch finishFirst = new CountDownLatch(1);
        CountDownLatch firstBegan = new CountDownLatch(1);
        CompletableFuture<Void> first = onThread(() -> lanes.evaluation(() -> {
            firstBegan.countDown();
            await(finishFirst);
            return order.add("evaluation 1");
        }));
        await(firstBegan);
        CompletableFuture<Void> second = onThread(() -> lanes.evaluation(() -> order.add("evaluation 2")));
        CompletableFuture<Void> training = onThread(() -> lanes.training(() -> order.add("training")));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> lanes.trainingWaiting() == 1);
        finishFirst.countDown();
        CompletableFuture.allOf(first, second, training).join();
        assertThat(order).containsExactly("evaluation 1", "training", "evaluation 2");
    }

    @Test
    void evaluationThatHasBegunStepsAsideForTrainingAndGoesOnBeforeOtherEvaluation() {
        CountDownLatch firstBegan = new CountDownLatch(1);
        CountDownLatch othersWait = new CountDownLatch(1);
        CompletableFuture<Void> first = onThread(() -> lanes.evaluation(() -> {
            order.add("evaluation 1 begins");
            firstBegan.countDown();
            await(othersWait);
            lanes.stepAside();
            return order.add("evaluation 1 ends");
        }));
        await(firstBegan);
        CompletableFuture<Void> second = onThread(() -> lanes.evaluation(() -> order.add("evaluation 2")));
        CompletableFuture<Void> training = onThread(() -> lanes.training(() -> order.add("training")));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> lanes.trainingWaiting() == 1);
        othersWait.countDown();
        CompletableFuture.allOf(first, second, training).join();
        assertThat(order).containsExactly("evaluation 1 begins", "training", "evaluation 1 ends", "evaluation 2");
    }

    @Test
    void nobodyStepsAsideWhileNoTrainingWaits() {
        assertThat(lanes.<Long>evaluation(lanes::stepAside)).isZero();
    }

    @Test
    void workThatFailsLeavesTheLaneFree() {
        CompletableFuture<Void> failing = onThread(() -> lanes.training(() -> {
            throw new IllegalStateException("as the test wants it");
        }));
        assertThat(failing).failsWithin(Duration.ofSeconds(30));
        assertThat(lanes.<String>evaluation(() -> "next")).isEqualTo("next");
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
