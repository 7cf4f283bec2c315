package org.rtda.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.dataset.DatasetRef;

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

    /**
     * End what is left of the experiment: its run, whether it waits or trains, the evaluations that its own settings ask for,
     * planned or not, and the named evaluations that are listed. Checkpoints stay. A named evaluation that is not listed is
     * not touched, so a cancelled experiment can be evaluated later, and a command that comes twice or late ends nothing else.
     *
     * @param evaluations ids of the evaluations that were asked for or planned and not complete when this was said; null in
     *     what earlier builds wrote, and means none
     */
    record Cancel(String id, Instant time, int schemaVersion, String experimentId, List<String> evaluations)
            implements ExperimentCommand {
        public Cancel {
            Check.event(id, time, schemaVersion, experimentId);
            evaluations = evaluations == null ? null : Check.copyOf("evaluations", evaluations);
        }

        /** Whether this command ends the evaluation. */
        public boolean ends(String evaluationId) {
            return evaluations != null && evaluations.contains(evaluationId)
                    || EvaluationId.find(evaluationId)
                            .filter(id -> id.isOwn() && id.experimentId().equals(experimentId))
                            .isPresent();
        }
    }
}
