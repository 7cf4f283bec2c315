package org.rtda.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.core.phantom.Modality;

class DemoPlanTest {

    @ParameterizedTest
    @EnumSource(Modality.class)
    void bothMethodsAreTrainedAndJudgedAlike(Modality modality) throws Exception {
        for (boolean quick : List.of(true, false)) {
            List<ObjectNode> drafts = DemoPlan.of(quick, modality).drafts("phantom", 7);

            assertThat(drafts).hasSize(2);
            ExperimentSpec erm = EventCodec.mapper().treeToValue(drafts.get(0), ExperimentSpec.class);
            ExperimentSpec rtda = EventCodec.mapper().treeToValue(drafts.get(1), ExperimentSpec.class);
            assertThat(erm.method()).isEqualTo("erm");
            assertThat(rtda.method()).isEqualTo("rtda");
            assertThat(rtda.seed()).isEqualTo(7);
            assertThat(rtda.evaluation().epsilons())
                    .hasSize(4)
                    .isSorted()
                    .contains(rtda.attack().epsilon());
            assertThat((Object) drafts.get(0).without("method"))
                    .isEqualTo(drafts.get(1).without("method"));
        }
    }
}
