package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.InvalidFieldException;

class BatchRequestIdTest {
    @Test
    void anIdIsReadAsItIsWritten() {
        BatchRequestId id = new BatchRequestId("exp-1", 2, 12, "adversarial", 3);

        assertThat(id.text()).isEqualTo("exp-1/2/12/adversarial/3");
        assertThat(BatchRequestId.parse(id.text())).isEqualTo(id);
        assertThat(BatchRequest.idOf("exp-1", 2, 12, "adversarial", 3)).isEqualTo(id.text());
    }

    @Test
    void theOwnerMayHaveSlashes() {
        BatchRequestId id = BatchRequestId.parse("exp/named-evaluations/epoch-00005/7/1/0/epoch-00005-jpeg@3/1");

        assertThat(id.owner()).isEqualTo("exp/named-evaluations/epoch-00005/7");
        assertThat(id.attempt()).isEqualTo(1);
        assertThat(id.step()).isZero();
        assertThat(id.view()).isEqualTo("epoch-00005-jpeg@3");
        assertThat(id.shard()).isEqualTo(1);
    }

    @Test
    void whatIsNoIdIsRefusedWithTheFormOfOne() {
        assertThat(BatchRequestId.find("exp/2/x/adversarial/0")).isEmpty();
        assertThatThrownBy(() -> BatchRequestId.parse("exp/adversarial/0"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("exp/adversarial/0")
                .hasMessageContaining("OWNER/ATTEMPT/STEP/VIEW/SHARD");
    }
}
