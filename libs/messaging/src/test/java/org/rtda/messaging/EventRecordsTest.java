package org.rtda.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.EvaluationCommand;
import org.rtda.contracts.EvaluationId;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.EvaluationSettings;

class EventRecordsTest {
    private static final ObjectRef OBJECT = new ObjectRef("experiments/exp/checkpoints/o", "00", 1);

    private static CheckpointSaved checkpoint(int epoch, boolean last) {
        ExperimentSpec spec = ExperimentSpec.builder()
                .dataset("d")
                .method("erm")
                .network("resnet8")
                .epochs(5)
                .batchSize(2)
                .seed(7L)
                .evaluation(EvaluationSettings.builder().everyEpochs(2).build())
                .build();
        return CheckpointSaved.builder()
                .id("c")
                .time(Instant.EPOCH)
                .experimentId("exp")
                .attempt(1)
                .epoch(epoch)
                .step(10)
                .last(last)
                .spec(spec)
                .dataset(new DatasetRef("d", new ObjectRef("datasets/d/manifest.json", "00", 1)))
                .weights(OBJECT)
                .model(OBJECT)
                .trainingState(OBJECT)
                .build();
    }

    private static String evaluationHeader(Event event) {
        return EventRecords.headers(event).stream()
                .filter(header -> header.key().equals(Topic.EVALUATION_HEADER))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .findFirst()
                .orElse(null);
    }

    /** Settings: an evaluation every second epoch, and of the last checkpoint. */
    @Test
    void aCheckpointNamesTheEvaluationThatItsExperimentWantsAndNoOther() {
        assertThat(evaluationHeader(checkpoint(4, false))).isEqualTo("exp/epoch-00004");
        assertThat(evaluationHeader(checkpoint(3, false))).isNull();
        assertThat(evaluationHeader(checkpoint(5, true))).isEqualTo("exp/epoch-00005");
    }

    @Test
    void aCommandToEvaluateNamesWhatItAsksFor() {
        EvaluationCommand command = EvaluationCommand.builder()
                .id("e")
                .time(Instant.EPOCH)
                .experimentId("exp")
                .name("review")
                .checkpoint(checkpoint(3, false))
                .build();

        assertThat(evaluationHeader(command)).isEqualTo("exp/epoch-00003/review");
    }

    private static ConsumerRecord<String, byte[]> received(String key, String experiment, String evaluation) {
        ConsumerRecord<String, byte[]> unreadable =
                new ConsumerRecord<>("evaluation-commands", 0, 0, key, new byte[] {'{'});
        if (experiment != null) {
            unreadable.headers().add(Topic.EXPERIMENT_HEADER, experiment.getBytes(StandardCharsets.UTF_8));
        }
        if (evaluation != null) {
            unreadable.headers().add(Topic.EVALUATION_HEADER, evaluation.getBytes(StandardCharsets.UTF_8));
        }
        return unreadable;
    }

    @Test
    void aRecordIsOfTheExperimentThatKeyAndHeaderName() {
        assertThat(EventRecords.experimentOf(received("exp", "exp", null))).contains("exp");
        assertThat(EventRecords.experimentOf(received("exp", "another", null))).isEmpty();
        assertThat(EventRecords.experimentOf(received("exp", null, null))).isEmpty();
        assertThat(EventRecords.experimentOf(received(null, "exp", null))).isEmpty();
        assertThat(EventRecords.experimentOf(received("No Name", "No Name", null)))
                .isEmpty();
    }

    @Test
    void aRecordAsksForAnEvaluationOfItsOwnExperimentAlone() {
        assertThat(EventRecords.evaluationOf(received("exp", "exp", "exp/epoch-00003/review")))
                .contains(EvaluationId.named("exp", 3, "review"));
        assertThat(EventRecords.evaluationOf(received("exp", "exp", "another/epoch-00003")))
                .isEmpty();
        assertThat(EventRecords.evaluationOf(received("exp", null, "exp/epoch-00003")))
                .isEmpty();
        assertThat(EventRecords.evaluationOf(received("exp", "exp", "nonsense")))
                .isEmpty();
        assertThat(EventRecords.evaluationOf(received("exp", "exp", null))).isEmpty();
    }
}
