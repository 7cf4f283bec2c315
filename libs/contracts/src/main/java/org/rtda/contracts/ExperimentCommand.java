package org.rtda.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetRef;

/** What people ask of an experiment; topic {@link Topic#EXPERIMENTS}, key: the experiment's id. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ExperimentCommand.Submit.class, name = "submit"),
    @JsonSubTypes.Type(value = ExperimentCommand.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = ExperimentCommand.CancelEvaluations.class, name = "cancel-evaluations"),
    @JsonSubTypes.Type(value = ExperimentCommand.Delete.class, name = "delete"),
    @JsonSubTypes.Type(value = ExperimentCommand.Describe.class, name = "describe")
})
public sealed interface ExperimentCommand extends Event {

    /** Whether this command ends the evaluation. */
    default boolean ends(String evaluationId) {
        return false;
    }

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
            ObjectKeys.requireManifest("dataset", dataset);
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

        @Override
        public boolean ends(String evaluationId) {
            return evaluations != null && evaluations.contains(evaluationId)
                    || EvaluationId.find(evaluationId)
                            .filter(id -> id.isOwn() && id.experimentId().equals(experimentId))
                            .isPresent();
        }
    }

    /**
     * End these evaluations of the experiment, whether it asked for them itself or somebody did by name, and nothing else. A run that
     * trains goes on.
     *
     * @param evaluations ids, at least one
     */
    record CancelEvaluations(String id, Instant time, int schemaVersion, String experimentId, List<String> evaluations)
            implements ExperimentCommand {
        public CancelEvaluations {
            Check.event(id, time, schemaVersion, experimentId);
            evaluations = Check.copyOf("evaluations", evaluations);
            Check.inRange("evaluations (how many)", evaluations.size(), 1, Integer.MAX_VALUE);
        }

        @Override
        public boolean ends(String evaluationId) {
            return evaluations.contains(evaluationId);
        }
    }

    /**
     * Forget the experiment, which has ended: nothing that was or will be said of it counts, and nobody lists it. Its id is not used
     * again. Whoever sends this removes its objects from the store.
     */
    record Delete(String id, Instant time, int schemaVersion, String experimentId) implements ExperimentCommand {
        public Delete {
            Check.event(id, time, schemaVersion, experimentId);
        }
    }

    /**
     * Call the experiment so, and say this of it. Nothing of the run depends on it.
     *
     * @param name at most {@value #LONGEST_NAME} characters on one line; null leaves it as it is, empty removes it
     * @param notes at most {@value #LONGEST_NOTES} characters; null leaves them as they are, empty removes them
     * @param tags all of them, at most {@value #MOST_TAGS}, each once and of the form of a name; null leaves them as they are
     */
    record Describe(
            String id,
            Instant time,
            int schemaVersion,
            String experimentId,
            String name,
            String notes,
            List<String> tags)
            implements ExperimentCommand {
        public static final int LONGEST_NAME = 100;
        public static final int LONGEST_NOTES = 4000;
        public static final int MOST_TAGS = 20;

        public Describe {
            Check.event(id, time, schemaVersion, experimentId);
            if (name != null) {
                Check.line("name", name, LONGEST_NAME);
            }
            if (notes != null) {
                Check.text("notes", notes, LONGEST_NOTES);
            }
            if (tags != null) {
                Check.inRange("tags (how many)", tags.size(), 0, MOST_TAGS);
                tags = Check.copyOf("tags", tags);
                tags.forEach(tag -> Check.name("tags", tag));
                if (Set.copyOf(tags).size() < tags.size()) {
                    throw new InvalidFieldException("tags", tags, "each tag once");
                }
            }
        }
    }
}
