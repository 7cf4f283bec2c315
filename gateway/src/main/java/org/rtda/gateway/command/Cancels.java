package org.rtda.gateway.command;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.Sha256;

/** Makes the commands that cancel something, and their ids. */
final class Cancels {
    private Cancels() {}

    /**
     * The same id for the same evaluations, whichever gateway is asked.
     *
     * @param evaluations named ones that end with whatever is left of the experiment's own
     */
    static ExperimentCommand.Cancel of(String experiment, List<String> evaluations, Instant time) {
        String id = experiment + "/cancel" + (evaluations.isEmpty() ? "" : "/" + hex(String.join(" ", evaluations)));
        return new ExperimentCommand.Cancel(id, time, Event.SCHEMA_VERSION, experiment, evaluations);
    }

    /** Twelve hexadecimal digits. */
    static String hex(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }
}
