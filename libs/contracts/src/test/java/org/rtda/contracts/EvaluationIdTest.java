package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.contracts.check.InvalidFieldException;

class EvaluationIdTest {
    @Test
    void namesTheEpochInFiveDigits() {
        assertThat(EvaluationId.own("exp-1", 5).text()).isEqualTo("exp-1/epoch-00005");
        assertThat(EvaluationId.named("exp-1", 5, "full").text()).isEqualTo("exp-1/epoch-00005/full");
        assertThat(EvaluationId.own("exp-1", 123_456).text()).isEqualTo("exp-1/epoch-123456");
    }

    @Test
    void isReadBackFromItsText() {
        assertThat(EvaluationId.parse("exp-1/epoch-00005")).isEqualTo(new EvaluationId("exp-1", 5, null));
        assertThat(EvaluationId.parse("exp-1/epoch-123456/full-2"))
                .isEqualTo(new EvaluationId("exp-1", 123_456, "full-2"));
        assertThat(EvaluationId.parse("exp-1/epoch-00005").isOwn()).isTrue();
        assertThat(EvaluationId.parse("exp-1/epoch-00005/full").isOwn()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"exp-1", "exp-1/5", "/epoch-00005", "exp-1/epoch-5", "exp-1/epoch-00005/", "e/epoch-00005/a/b"})
    void aTextOfAnotherFormIsRefusedWithTheForm(String text) {
        assertThatThrownBy(() -> EvaluationId.parse(text))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("evaluationId must be EXPERIMENT/epoch-NNNNN or EXPERIMENT/epoch-NNNNN/NAME, was " + text);
        assertThat(EvaluationId.find(text)).isEmpty();
    }
}
