package org.rtda.gateway.command;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.check.Event;

/** Commands that end something, and what ids are made of. */
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
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
