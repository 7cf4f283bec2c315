package org.rtda.gateway.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.gateway.view.ViewEvents;

class KeptAnswersTest {
    private static final String BELOW = "experiments/exp-1/evaluations/";
    private static final Executor HERE = Runnable::run;

    private final ViewEvents events = new ViewEvents("exp-1");
    private final List<String> asked = new ArrayList<>();

    private Measured kept(String key) {
        return events.measured(10, true, ViewEvents.CLEAN, 0.9, new ObjectRef(BELOW + key, "ab".repeat(32), 8));
    }

    @Test
    void eachDocumentIsReadOnceAheadOrLater() {
        KeptAnswers answers = new KeptAnswers(ref -> {
            asked.add(ref.key());
            return Optional.empty();
        });
        Measured notKept = events.measured(10, true, ViewEvents.NOISE, 0.7);
        answers.readAhead(List.of(kept("a"), kept("b"), kept("a"), notKept), HERE);
        answers.readAhead(List.of(kept("a")), HERE);

        assertThat(answers.of(kept("b"))).isEmpty();
        assertThat(answers.of(notKept)).isEmpty();
        assertThat(asked).containsExactly(BELOW + "a", BELOW + "b");
    }

    @Test
    void aStoreThatIsAwayIsSaidAsItSaysIt() {
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            KeptAnswers answers = new KeptAnswers(ref -> {
                throw new IllegalStateException("the store is away");
            });
            assertThatThrownBy(() -> answers.readAhead(List.of(kept("a"), kept("b")), readers))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the store is away");
        } finally {
            readers.shutdownNow();
        }
    }
}
