package org.rtda.gateway.command;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A request to evaluate a checkpoint again, as REST receives it.
 *
 * @param suite null with {@code transferFrom}, without it by default {@code full}
 * @param transferFrom experiments against whose models the images are made
 * @param epsilon radius of the attack on these, in pixel units; when absent that of the judged model's training
 * @param epoch of the checkpoint; the newest when absent
 * @param name of the evaluation among those of its checkpoint; when absent the suite, or {@code transfer}
 */
public record EvaluationRequest(
        @Schema(examples = "full") String suite,
        @Schema(examples = "[\"exp-3f9c2a1b0d4e\"]") List<String> transferFrom,
        @Schema(minimum = "0", maximum = "1000") Double epsilon,
        @Schema(minimum = "1") Integer epoch,
        String name) {
    public static Builder builder() {
        return new Builder();
    }

    /** Sets components by name; one that is not set is absent. */
    public static final class Builder {
        private String suite;
        private List<String> transferFrom;
        private Double epsilon;
        private Integer epoch;
        private String name;

        private Builder() {}

        public Builder suite(String suite) {
            this.suite = suite;
            return this;
        }

        public Builder transferFrom(List<String> transferFrom) {
            this.transferFrom = transferFrom;
            return this;
        }

        public Builder epsilon(Double epsilon) {
            this.epsilon = epsilon;
            return this;
        }

        public Builder epoch(Integer epoch) {
            this.epoch = epoch;
            return this;
        }

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public EvaluationRequest build() {
            return new EvaluationRequest(suite, transferFrom, epsilon, epoch, name);
        }
    }
}
