package org.rtda.cli.benchmark.grid;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where a cell stands, as the state file says it.
 *
 * @param fingerprint of what was submitted
 * @param spec what was submitted
 * @param experiment its id; null until the gateway has answered
 * @param attempt 1, and one more for each time it was tried again
 * @param reason why it failed; null otherwise
 * @param seconds from the first step seen to the end of the evaluation; null when its beginning was not seen
 */
public record CellState(
        String fingerprint,
        JsonNode spec,
        Standing standing,
        String experiment,
        int attempt,
        String reason,
        Double seconds) {

    public enum Standing {
        SUBMITTED,
        DONE,
        FAILED
    }

    public CellState done(Double took) {
        return new CellState(fingerprint, spec, Standing.DONE, experiment, attempt, null, took);
    }

    public CellState failed(String why) {
        return new CellState(fingerprint, spec, Standing.FAILED, experiment, attempt, why, null);
    }
}
