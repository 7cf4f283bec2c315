package org.rtda.contracts;

import java.time.Instant;
import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.SourceModel;

/**
 * Command to evaluate an existing checkpoint again; topic {@link Topic#EVALUATION_COMMANDS}, key: the experiment's id.
 * What the experiment's own settings ask for is judged without it.
 *
 * @param name of this evaluation among those of the checkpoint; its id is {@code EXPERIMENT/epoch-NNNNN/NAME}
 * @param suite one of {@link KnownNames#SUITES}; null with {@code transferFrom}, without it by default {@code full}
 * @param transferFrom judge the checkpoint on images made against these models; null with {@code suite}
 * @param epsilon radius of the attack on these models, in pixel units, in the norm of the checkpoint's training; null for the
 *     radius of that training, and with {@code suite}
 */
public record EvaluationCommand(
        String id,
        Instant time,
        int schemaVersion,
        String experimentId,
        String name,
        CheckpointSaved checkpoint,
        String suite,
        List<SourceModel> transferFrom,
        Double epsilon)
        implements Event {
    public EvaluationCommand {
        Check.event(id, time, schemaVersion, experimentId);
        Check.name("name", name);
        Check.present("checkpoint", checkpoint);
        checkpoint.requireOf(experimentId);
        if (transferFrom == null) {
            Check.absent("epsilon", epsilon);
            suite = Check.oneOf("suite", suite == null ? "full" : suite, KnownNames.SUITES);
        } else {
            Check.absent("suite", suite);
            transferFrom = Check.copyOf("transferFrom", transferFrom);
            Check.inRange("transferFrom (how many)", transferFrom.size(), 1, 1000);
            transferFrom.forEach(source -> ObjectKeys.requireOfCheckpoint("transferFrom", source));
            if (epsilon != null) {
                AttackSettings.requireRadius(
                        "epsilon", epsilon, checkpoint.spec().attack().norm());
            }
        }
    }

    /** What it asks for. */
    public EvaluationId evaluation() {
        return EvaluationId.named(experimentId, checkpoint.epoch(), name);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets components by name; one that is not set is absent. The schema is the newest. */
    public static final class Builder {
        private String id;
        private Instant time;
        private int schemaVersion = Event.SCHEMA_VERSION;
        private String experimentId;
        private String name;
        private CheckpointSaved checkpoint;
        private String suite;
        private List<SourceModel> transferFrom;
        private Double epsilon;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder time(Instant time) {
            this.time = time;
            return this;
        }

        public Builder schemaVersion(int schemaVersion) {
            this.schemaVersion = schemaVersion;
            return this;
        }

        public Builder experimentId(String experimentId) {
            this.experimentId = experimentId;
            return this;
        }

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public Builder checkpoint(CheckpointSaved checkpoint) {
            this.checkpoint = checkpoint;
            return this;
        }

        public Builder suite(String suite) {
            this.suite = suite;
            return this;
        }

        public Builder transferFrom(List<SourceModel> transferFrom) {
            this.transferFrom = transferFrom;
            return this;
        }

        public Builder epsilon(Double epsilon) {
            this.epsilon = epsilon;
            return this;
        }

        public EvaluationCommand build() {
            return new EvaluationCommand(
                    id, time, schemaVersion, experimentId, name, checkpoint, suite, transferFrom, epsilon);
        }
    }
}
