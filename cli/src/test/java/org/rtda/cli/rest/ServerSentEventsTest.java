package org.rtda.cli.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {

    @Test
    void eventsAreReadWithTheirTypesAndCommentsPassedOver() {
        List<String> read = new ArrayList<>();
        ServerSentEvents events = new ServerSentEvents((type, data) -> read.add(type + "=" + data));

        List.of(
                        ": still here",
                        "",
                        "event: training",
                        "id: 7",
                        "data: {\"a\":1}",
                        "",
                        "data:x",
                        "data: y",
                        "",
                        "event: lost")
                .forEach(events::line);

        assertThat(read).containsExactly("training={\"a\":1}", "message=x\ny");
    }
}
