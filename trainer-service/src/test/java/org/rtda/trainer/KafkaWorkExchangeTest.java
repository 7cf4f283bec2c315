package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.AttackRequest;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.check.InvalidMessageException;

class KafkaWorkExchangeTest {

    @Test
    void aRequestThatNoWorkerCanReadIsReasonToLookAtTheVersions() {
        String reason = catchThrowableOfType(
                        InvalidMessageException.class,
                        () -> EventCodec.read("{}".getBytes(StandardCharsets.UTF_8), AttackRequest.class))
                .getMessage();

        assertThat(reason).startsWith("not a valid AttackRequest: ");
        assertThat(KafkaWorkExchange.advised(reason)).isEqualTo(reason + ": do all services have the same version?");
    }

    @Test
    void aRequestThatWorkersCouldNotAnswerForAnotherReasonIsNot() {
        assertThat(KafkaWorkExchange.advised("the device is gone")).isEqualTo("the device is gone");
    }
}
