package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class ExperimentTransactionsTest {
    private static final KafkaException DENIED = new TransactionalIdAuthorizationException("rtda-experiment-e");

    private final ExperimentTransactions.Refusals refusals = new ExperimentTransactions.Refusals();

    @Test
    void theThirdRefusalInARowIsNewsAndNoOther() {
        assertThat(refusals.isNews(DENIED)).isFalse();
        assertThat(refusals.isNews(DENIED)).isFalse();
        assertThat(refusals.isNews(DENIED)).isTrue();
        assertThat(refusals.isNews(DENIED)).isFalse();
    }

    @Test
    void theirEndIsNewsWhereTheyWereAndOnce() {
        refusals.isNews(DENIED);
        refusals.isNews(DENIED);
        assertThat(refusals.over()).as("after two").isFalse();
        refusals.isNews(DENIED);
        refusals.isNews(DENIED);
        refusals.isNews(DENIED);
        assertThat(refusals.over()).as("after three").isTrue();
        assertThat(refusals.over()).as("after none").isFalse();
    }

    @Test
    void anotherTrainerThatTakesTheExperimentIsNoRefusal() {
        for (int times = 0; times < 4; times++) {
            assertThat(refusals.isNews(new ProducerFencedException("old epoch")))
                    .isFalse();
            assertThat(refusals.isNews(new KafkaException("cannot commit", new InvalidProducerEpochException("old"))))
                    .isFalse();
        }
        assertThat(refusals.over()).isFalse();
    }
}
