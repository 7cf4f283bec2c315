package org.rtda.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Topic;
import org.rtda.core.Seed;

class MomentTest {

    /** Of four steps, a moment is after the first, second or third: never before any work and never after all of it. */
    @Test
    void somethingWasSaidBeforeAndSomethingIsSaidAfter() {
        Set<Integer> drawn = new TreeSet<>();
        for (int i = 0; i < 200; i++) {
            drawn.add(Moment.draw(new Seed(i).generator(), Topic.TRAINING_METRICS, 4)
                    .count());
        }

        assertThat(drawn).containsExactly(1, 2, 3);
    }

    @Test
    void theSameSeedFaultAndTryDrawTheSameMoment() {
        assertThat(drawn("trainer-killed", 3)).isEqualTo(drawn("trainer-killed", 3));
        assertThat(drawn("trainer-killed", 3)).isNotEqualTo(drawn("trainer-killed", 4));
        assertThat(drawn("trainer-killed", 3)).isNotEqualTo(drawn("evaluator-killed", 3));
    }

    @Test
    void itIsSaidInWords() {
        assertThat(new Moment(Topic.TRAINING_METRICS, 7)).hasToString("after 7 records on training-metrics");
        assertThat(new Moment(Topic.ROBUSTNESS_METRICS, 1)).hasToString("after 1 record on robustness-metrics");
    }

    @Test
    void otherTopicsTellNoTime() {
        assertThatThrownBy(() -> new Moment(Topic.CHECKPOINTS, 1)).hasMessageContaining("was CHECKPOINTS");
    }

    private static Moment drawn(String fault, int number) {
        return Moment.draw(new Seed(1).forStep(fault, number, 0).generator(), Topic.TRAINING_METRICS, 1_000_000);
    }
}
