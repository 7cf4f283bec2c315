package org.rtda.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.InvalidMessageException;

class EventCodecTest {

    @Test
    void bytesThatAreNoMessageSayWhy() {
        assertThatThrownBy(() -> read("not json"))
                .hasMessageStartingWith("not a valid ExperimentCommand: Unrecognized token");
        assertThatThrownBy(() -> read("")).hasMessageStartingWith("not a valid ExperimentCommand: ");
        assertThatThrownBy(() -> read("null")).hasMessage("not a valid ExperimentCommand: empty");
        assertThatThrownBy(() -> read("{} {}")).isInstanceOf(InvalidMessageException.class);
        assertThatThrownBy(() -> read("{\"type\": \"pause\"}"))
                .isInstanceOf(InvalidMessageException.class)
                .hasMessageContaining("pause");
        assertThatThrownBy(() -> EventCodec.read(null, ExperimentCommand.class))
                .isInstanceOf(InvalidMessageException.class)
                .hasMessage("not a valid ExperimentCommand: empty");
    }

    @Test
    void aLaterVersionIsRefusedAndNotGuessedAt() {
        assertThatThrownBy(() -> EventCodec.read(
                        Golden.bytes(Golden.json(ExperimentStatus.class).put("schemaVersion", 2)),
                        ExperimentStatus.class))
                .isInstanceOf(InvalidMessageException.class)
                .hasMessage("not a valid ExperimentStatus: schemaVersion must be in [1, 1], was 2");
    }

    @Test
    void aReasonIsShortHoweverLongTheValueThatItQuotes() {
        assertThatThrownBy(() -> EventCodec.read(
                        Golden.bytes(Golden.json(ExperimentStatus.class).put("experimentId", "x".repeat(1_500_000))),
                        ExperimentStatus.class))
                .isInstanceOf(InvalidMessageException.class)
                .hasMessageStartingWith("not a valid ExperimentStatus: experimentId must be ")
                .satisfies(e -> assertThat(e.getMessage()).hasSize(1003).endsWith("xxx..."));
    }

    @Test
    void aLossThatIsNotANumberIsNoMetric() {
        assertThatThrownBy(() -> EventCodec.read(
                        Golden.bytes(Golden.json(TrainingMetric.class).put("loss", "NaN")), TrainingMetric.class))
                .hasMessage("not a valid TrainingMetric: loss must be finite, was NaN");
    }

    @Test
    void timesAreWrittenAsText() {
        assertThat(new String(EventCodec.write(Golden.read(ExperimentCommand.Cancel.class)), StandardCharsets.UTF_8))
                .contains("\"time\":\"2026-11-23T10:15:30Z\"");
    }

    private static ExperimentCommand read(String json) {
        return EventCodec.read(json.getBytes(StandardCharsets.UTF_8), ExperimentCommand.class);
    }
}
