package org.rtda.gateway.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.rtda.gateway.database.ReadModel;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.database.TopicPosition;
import org.rtda.gateway.database.TopicPositions;

class ViewCatchUpTest {
    private static final TopicPartition EXPERIMENTS = new TopicPartition("experiments", 0);
    private static final TopicPartition COMMANDS = new TopicPartition("evaluation-commands", 0);

    private static final Map<String, String> IDS = Map.of("experiments", "id", "evaluation-commands", "id-2");

    private final TestReadModel model = new TestReadModel();
    private final TopicPositions positions = new TopicPositions(model.database);
    private final ViewCatchUp catchUp = new ViewCatchUp(positions);

    @Test
    void whatTheTopicsHoldNowIsKnownWhenTheProjectionIsBehindItsLastRecords() {
        positions.set(List.of(new TopicPosition("experiments", 0, "id", 8)));

        assertThat(catchUp.has(Map.of(EXPERIMENTS, 7L), IDS)).isTrue();
        assertThat(catchUp.has(Map.of(EXPERIMENTS, 8L), IDS)).isFalse();
        assertThat(catchUp.has(Map.of(EXPERIMENTS, 7L, COMMANDS, 0L), IDS))
                .as("nothing of a partition is projected")
                .isFalse();
        assertThat(catchUp.has(Map.of(), IDS)).isTrue();
    }

    @Test
    void aReadModelThatIsForgottenKnowsNothingThoughItHadAllAtTheStart() {
        positions.set(List.of(new TopicPosition("experiments", 0, "id", 8)));
        catchUp.begin(Map.of(EXPERIMENTS, 7L), IDS);
        assertThat(catchUp.partitionsLeft()).isZero();

        new ReadModel(model.database).forget();

        assertThat(catchUp.has(Map.of(EXPERIMENTS, 7L), IDS)).isFalse();
        assertThat(catchUp.partitionsBehind(Map.of(EXPERIMENTS, 7L), IDS)).isEqualTo(1);
        assertThat(catchUp.partitionsLeft()).as("it goes on serving").isZero();

        positions.set(List.of(new TopicPosition("experiments", 0, "id", 8)));
        assertThat(catchUp.partitionsBehind(Map.of(EXPERIMENTS, 7L), IDS)).isZero();
    }

    /** A rebuild, days after a start with empty topics: what came since counts. */
    @Test
    void whatCameSinceTheStartCountsWhenTheReadModelIsForgotten() {
        catchUp.begin(Map.of(), IDS);
        positions.set(List.of(new TopicPosition("experiments", 0, "id", 8)));

        new ReadModel(model.database).forget();

        assertThat(catchUp.partitionsBehind(Map.of(EXPERIMENTS, 7L), IDS)).isEqualTo(1);
    }

    @Test
    void aPositionInATopicThatWasMadeAnewSaysNothing() {
        positions.set(List.of(new TopicPosition("experiments", 0, "the predecessor's", 5000)));
        catchUp.begin(Map.of(EXPERIMENTS, 40L), IDS);

        assertThat(catchUp.partitionsLeft()).isEqualTo(1);
        assertThat(catchUp.has(Map.of(EXPERIMENTS, 40L), IDS)).isFalse();
    }
}
