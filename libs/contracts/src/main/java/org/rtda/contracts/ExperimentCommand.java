package org.rtda.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** What people ask of an experiment; topic {@link Topic#EXPERIMENTS}, key: the experiment's id. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ExperimentCommand.Submit.class, name = "submit"),
    @JsonSubTypes.Type(value = ExperimentCommand.Cancel.class, name = "cancel")
})
public sealed interface ExperimentCommand extends Event {

    /**
     * Train.
     *
     * @param spec resolved for {@code dataset}
     */
    record Submit(
            String id, Instant time, int schemaVersion, String experimentId, ExperimentSpec spec, DatasetRef dataset)
            implements ExperimentCommand {
        public Submit {
            Check.event(id, time, schemaVersion, experimentId);
            Check.present("spec", spec);
            Check.present("dataset", dataset);
        }
    }

    /** Stop training; what was saved stays. A cancelled experiment is not evaluated further. */
    record Cancel(String id, Instant time, int schemaVersion, String experimentId) implements ExperimentCommand {
        public Cancel {
            Check.event(id, time, schemaVersion, experimentId);
        }
    }
}
