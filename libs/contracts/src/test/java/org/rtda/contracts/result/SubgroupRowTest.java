package org.rtda.contracts.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;

class SubgroupRowTest {
    private static SubgroupRow row(String fields) {
        String json = "{\"experiment\":\"exp-1\",\"attribute\":\"sex\",\"subgroup\":\"F\",\"classCounts\":[3,4],"
                + "\"small\":true,\"conditions\":[],\"metric\":\"accuracy\",\"n\":7,\"worst\":false,\"failedGates\":[],"
                + fields + "}";
        return EventCodec.read(json.getBytes(StandardCharsets.UTF_8), SubgroupRow.class);
    }

    @Test
    void aRowThatSaysItsSetIsBelieved() {
        assertThat(row("\"images\":\"clean\",\"split\":\"shift-far\"").split()).isEqualTo("shift-far");
    }

    @Test
    void whereARowDoesNotSayItsSetItsImagesDo() {
        assertThat(row("\"images\":\"corrupted\"").split()).isEqualTo("test");
        assertThat(row("\"images\":\"shift-far\"").split()).isEqualTo("shift-far");
    }

    @Test
    void aRowKeepsItsSetWhenItIsMarkedAsTheWorst() {
        SubgroupRow worst = row("\"images\":\"shift-far\"").asWorst();

        assertThat(worst.worst()).isTrue();
        assertThat(worst.split()).isEqualTo("shift-far");
    }
}
