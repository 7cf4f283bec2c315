package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrioritySemaphoreTest {
    private static final int URGENT = 0;
    private static final int USUAL = 1;
    private static final int LAST = 2;

    private final PrioritySemaphore turns = new PrioritySemaphore(1, 3);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    /** Work that only says its name; returns when it waits for its turn. */
    private CompletableFuture<Void> waitingFor(int lane, String name) {
        int before = turns.waiting(lane);
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                () -> {
                    try {
                        turns.take(lane);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    order.add(name);
                    turns.release();
                },
                run -> new Thread(run).start());
        while (turns.waiting(lane) == before) {
            Thread.onSpinWait();
        }
        return done;
    }

    @Test
    void theMoreUrgentLaneGoesFirstThoughItCameLast() throws Exception {
        turns.take(URGENT);
        List<CompletableFuture<Void>> all = List.of(
                waitingFor(LAST, "last"),
                waitingFor(USUAL, "usual 1"),
                waitingFor(USUAL, "usual 2"),
                waitingFor(URGENT, "urgent"));
        turns.release();
        all.forEach(CompletableFuture::join);

        assertThat(order).containsExactly("urgent", "usual 1", "usual 2", "last");
    }

    @Test
    void whoWasPassedOverEightTimesHasTheNinthTurn() throws Exception {
        turns.take(URGENT);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        all.add(waitingFor(LAST, "last"));
        for (int i = 1; i <= 10; i++) {
            all.add(waitingFor(URGENT, "urgent " + i));
        }
        turns.release();
        all.forEach(CompletableFuture::join);

        assertThat(order.indexOf("last")).isEqualTo(8);
        assertThat(order).hasSize(11).endsWith("urgent 9", "urgent 10");
    }

    @Test
    void workThatHasBegunStepsAsideAndGoesOnBeforeOtherWorkOfItsLane() throws Exception {
        turns.take(USUAL);
        List<CompletableFuture<Void>> all =
                List.of(waitingFor(USUAL, "another of the lane"), waitingFor(URGENT, "urgent"));
        assertThat(turns.stepAside(USUAL)).isPositive();
        order.add("the first goes on");
        turns.release();
        all.forEach(CompletableFuture::join);

        assertThat(order).containsExactly("urgent", "the first goes on", "another of the lane");
    }

    @Test
    void theLastLaneGoesBeforeWorkThatHasBegunWhenItWasPassedOverEightTimes() throws Exception {
        turns.take(URGENT);
        CompletableFuture<Void> last = waitingFor(LAST, "last");
        for (int stretch = 1; stretch <= 8; stretch++) {
            assertThat(turns.stepAside(URGENT)).isZero();
        }
        assertThat(order).isEmpty();
        assertThat(turns.stepAside(URGENT)).isPositive();
        last.join();
        order.add("urgent");
        turns.release();

        assertThat(order).containsExactly("last", "urgent");
    }

    @Test
    void nobodyStepsAsideForALaterLaneOrForNobody() throws Exception {
        turns.take(URGENT);
        assertThat(turns.stepAside(URGENT)).isZero();
        CompletableFuture<Void> last = waitingFor(LAST, "last");
        assertThat(turns.stepAside(URGENT)).isZero();
        turns.release();
        last.join();
    }

    @Test
    void whoIsInterruptedWhileItWaitsTakesNoTurn() throws Exception {
        turns.take(URGENT);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> turns.take(URGENT)).isInstanceOf(InterruptedException.class);
        assertThat(turns.waiting(URGENT)).isZero();
        turns.release();

        turns.take(LAST);
        assertThat(turns.waiting(LAST)).isZero();
    }

    @Test
    void asManyGoOnAtOnceAsThereAreTurns() throws Exception {
        PrioritySemaphore two = new PrioritySemaphore(2, 1);
        two.take(0);
        two.take(0);
        CompletableFuture<Void> third = CompletableFuture.runAsync(() -> two.takeAgain(0));
        while (two.waiting(0) == 0) {
            Thread.onSpinWait();
        }
        assertThat(third).isNotDone();
        two.release();
        third.join();
    }

    @Test
    void thereIsATurnAndALaneAtLeast() {
        assertThatThrownBy(() -> new PrioritySemaphore(0, 1))
                .hasMessage("turns and lanes must be at least 1, were 0 and 1");
        assertThatThrownBy(() -> new PrioritySemaphore(1, 0))
                .hasMessage("turns and lanes must be at least 1, were 1 and 0");
    }
}
