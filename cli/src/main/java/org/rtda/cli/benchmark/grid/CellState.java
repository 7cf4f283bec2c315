package org.rtda.cli.benchmark.grid;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;

/**
 * The state of a cell in the state file.
 *
 * @param fingerprint of what was submitted
 * @param spec what was submitted
 * @param experiment its id; null until the gateway has answered
 * @param attempt 1, and one more for each time it was tried again
 * @param reason why it failed; null otherwise
 * @param seconds from the first step seen to the end of the evaluation; null when its beginning was not seen
 * @param trainedBy versions of the build that submitted it; null where nobody recorded them
 * @param takenOver true where it was trained on another machine, whose gateway alone knows the experiment; null otherwise
 */
public record CellState(
        String fingerprint,
        JsonNode spec,
        Standing standing,
        String experiment,
        int attempt,
        String reason,
        Double seconds,
        Map<String, String> trainedBy,
        Boolean takenOver) {

    public enum Standing {
        SUBMITTED,
        DONE,
        FAILED
    }

    /** Whether the gateway here does not know its model. */
    public boolean isTakenOver() {
        return Boolean.TRUE.equals(takenOver);
    }

    public CellState done(Double took) {
        return toBuilder().standing(Standing.DONE).reason(null).seconds(took).build();
    }

    public CellState failed(String why) {
        return toBuilder().standing(Standing.FAILED).reason(why).seconds(null).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        return new Builder()
                .fingerprint(fingerprint)
                .spec(spec)
                .standing(standing)
                .experiment(experiment)
                .attempt(attempt)
                .reason(reason)
                .seconds(seconds)
                .trainedBy(trainedBy)
                .takenOver(takenOver);
    }

    /** Sets components by name; one that is not set is null. */
    public static final class Builder {
        private String fingerprint;
        private JsonNode spec;
        private Standing standing;
        private String experiment;
        private Integer attempt;
        private String reason;
        private Double seconds;
        private Map<String, String> trainedBy;
        private Boolean takenOver;

        private Builder() {}

        public Builder fingerprint(String fingerprint) {
            this.fingerprint = fingerprint;
            return this;
        }

        public Builder spec(JsonNode spec) {
            this.spec = spec;
            return this;
        }

        public Builder standing(Standing standing) {
            this.standing = standing;
            return this;
        }

        public Builder experiment(String experiment) {
            this.experiment = experiment;
            return this;
        }

        public Builder attempt(int attempt) {
            this.attempt = attempt;
            return this;
        }

        public Builder reason(String reason) {
            this.reason = reason;
            return this;
        }

        public Builder seconds(Double seconds) {
            this.seconds = seconds;
            return this;
        }

        public Builder trainedBy(Map<String, String> trainedBy) {
            this.trainedBy = trainedBy;
            return this;
        }

        public Builder takenOver(Boolean takenOver) {
            this.takenOver = takenOver;
            return this;
        }

        public CellState build() {
            return new CellState(
                    fingerprint,
                    spec,
                    standing,
                    experiment,
                    Objects.requireNonNull(attempt, "attempt"),
                    reason,
                    seconds,
                    trainedBy,
                    takenOver);
        }
    }
}
