package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.SourceModel;

class EvaluationCommandTest {
    /** The radius is of the norm of the judged model's training: 8 is fair in L2, and no Linf radius. */
    @Test
    void aRadiusIsRefusedByTheNormOfTheTraining() {
        assertThat(command("pgd-l2", 8).epsilon()).isEqualTo(8);
        assertThat(command("pgd-linf", 8 / 255.0).epsilon()).isEqualTo(8 / 255.0);
        assertThatThrownBy(() -> command("pgd-linf", 8))
                .hasMessageStartingWith(
                        "epsilon of norm linf must be in [0, 1] (pixels are in [0,1]; 8 grey levels of 255 are"
                                + " 8/255 = 0.0314), was 8");
        assertThatThrownBy(() -> command("pgd-l2", Double.NaN)).hasMessage("epsilon must be in [0, 1000], was NaN");
    }

    private static EvaluationCommand command(String attack, double epsilon) {
        ObjectRef object = new ObjectRef("experiments/exp/checkpoints/k", "ab".repeat(32), 1);
        ObjectRef source = new ObjectRef("experiments/exp-2/checkpoints/k", "ab".repeat(32), 1);
        DatasetRef dataset = new DatasetRef("d", new ObjectRef("datasets/d/manifest.json", "ab".repeat(32), 1));
        ExperimentSpec spec = EventCodec.mapper()
                .convertValue(Map.of("dataset", "d", "attack", Map.of("name", attack)), ExperimentSpec.class);
        CheckpointSaved checkpoint = CheckpointSaved.builder()
                .id("c")
                .time(Instant.EPOCH)
                .experimentId("exp")
                .attempt(1)
                .epoch(1)
                .step(1)
                .last(true)
                .spec(spec)
                .dataset(dataset)
                .weights(object)
                .model(object)
                .trainingState(object)
                .build();
        return EvaluationCommand.builder()
                .id("e")
                .time(Instant.EPOCH)
                .experimentId("exp")
                .name("name")
                .checkpoint(checkpoint)
                .transferFrom(List.of(new SourceModel("exp-2", "resnet8", source)))
                .epsilon(epsilon)
                .build();
    }
}
