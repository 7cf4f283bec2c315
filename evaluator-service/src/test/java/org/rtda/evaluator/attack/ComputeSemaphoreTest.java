package org.rtda.evaluator.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.rtda.evaluator.context.EvaluationLane.NAMED;
import static org.rtda.evaluator.context.EvaluationLane.OWN;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ComputeSemaphoreTest {
    private final ComputeSemaphore turns = new ComputeSemaphore(1);
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final AdversarialImages.Asked asked =
            turns.waitedForAside((lane, request, shape) -> new Answering()).ask(OWN, null, null);

    /** Somebody who answers when the test says so. */
    private final class Answering implements AdversarialImages.Asked {
        @Override
        public AdversarialImages.Answer await() throws InterruptedException {
            order.add("waiting");
            answered.await();
            return new AdversarialImages.Answer(null, 7);
        }

        @Override
        public void close() {
            order.add("closed");
        }
    }

    private CompletableFuture<Integer> attacked() {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        result.complete(turns.during(OWN, () -> {
                            int zeroGradients = asked.await().zeroGradients();
                            order.add("attacked");
                            return zeroGradients;
                        }));
                    } catch (InterruptedException e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        return result;
    }

    @Test
    void whoWaitsForImagesLeavesTheTurnToAnotherAndHasItAgainAfterwards() throws Exception {
        CompletableFuture<Integer> attacked = attacked();
        await().until(() -> order.contains("waiting"));

        turns.during(OWN, () -> {
            answered.countDown();
            // the images are there, the turn is not
            return order.add("corrupted");
        });

        assertThat(attacked.get()).isEqualTo(7);
        assertThat(order).containsExactly("waiting", "corrupted", "attacked");
    }

    @Test
    void aTurnIsThereAgainAfterAFailureOrAnInterrupt() throws Exception {
        assertThatThrownBy(() -> turns.during(OWN, () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThatThrownBy(() -> turns.during(OWN, () -> {
                    Thread.currentThread().interrupt();
                    return asked.await();
                }))
                .isInstanceOf(InterruptedException.class);

        assertThat(turns.during(OWN, () -> 1)).isEqualTo(1);
        answered.countDown();
        CompletableFuture<Integer> other = attacked();
        assertThat(other.get()).isEqualTo(7);
    }

    @Test
    void noMoreComputeThanThereAreTurns() throws Exception {
        CompletableFuture<Integer> second = new CompletableFuture<>();
        turns.during(OWN, () -> {
            Thread another = new Thread(() -> {
                try {
                    second.complete(turns.during(OWN, () -> 2));
                } catch (InterruptedException e) {
                    second.completeExceptionally(e);
                }
            });
            another.start();
            await().until(() -> another.getState() == Thread.State.WAITING);
            assertThat(second).isNotDone();
            return 1;
        });

        assertThat(second.get()).isEqualTo(2);
    }

    @Test
    void whatSomebodyAskedForLeavesItsTurnToAnExperimentsOwnBetweenTwoBatches() throws Exception {
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        turns.during(NAMED, () -> {
            Thread quick = new Thread(() -> {
                try {
                    own.complete(turns.during(OWN, () -> order.add("own")));
                } catch (InterruptedException e) {
                    own.completeExceptionally(e);
                }
            });
            quick.start();
            await().until(() -> quick.getState() == Thread.State.WAITING);
            turns.stepAside(NAMED);
            return order.add("named goes on");
        });

        assertThat(own.get()).isTrue();
        assertThat(order).containsExactly("own", "named goes on");
    }

    @Test
    void closingClosesWhatWasAskedFor() {
        asked.close();

        assertThat(order).containsExactly("closed");
    }
}
