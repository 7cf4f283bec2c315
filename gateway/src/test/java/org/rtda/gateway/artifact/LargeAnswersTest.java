package org.rtda.gateway.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.rtda.gateway.problem.ProblemException;

class LargeAnswersTest {
    @Test
    void asManyAreMadeAtOnceAsMayBe() {
        LargeAnswers answers = new LargeAnswers(2, Duration.ZERO);

        String made = answers.make(() -> answers.make(() -> {
            assertThatThrownBy(() -> answers.make(() -> "a third"))
                    .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.status())
                            .isEqualTo(503));
            return "the second";
        }));

        assertThat(made).isEqualTo("the second");
    }

    @Test
    void aTurnIsGivenBackAlsoWhenTheAnswerFails() {
        LargeAnswers answers = new LargeAnswers(1, Duration.ZERO);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> answers.make(() -> {
                        throw new IllegalStateException("no images");
                    }))
                    .hasMessage("no images");
        }
        assertThat(answers.make(() -> "made")).isEqualTo("made");
    }
}
