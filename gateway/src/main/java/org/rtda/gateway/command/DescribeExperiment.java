package org.rtda.gateway.command;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentView;

/** Gives an experiment a name, notes and tags. They are published, so that a rebuilt read model has them, too. */
public final class DescribeExperiment {
    private final ExperimentViews views;
    private final CommandSender sender;
    private final Clock clock;

    public DescribeExperiment(ExperimentViews views, CommandSender sender, Clock clock) {
        this.views = views;
        this.sender = sender;
        this.clock = clock;
    }

    /** What changes, as REST receives it: an absent field stays as it is, an empty one is removed. */
    @Schema(name = "ExperimentDescription")
    public record Request(
            @Schema(pattern = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$", examples = "baseline, third try")
            String name,

            @Schema(
                    description = "several lines, with tabs",
                    pattern = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$")
            String notes,

            @Schema(
                    description =
                            "each 1 to 63 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit; all of them, not only new ones",
                    examples = "[\"baseline\",\"paper\"]")
            List<String> tags) {}

    /**
     * @return false where no field is given
     * @throws org.rtda.contracts.check.InvalidFieldException when a value is not allowed
     * @throws ProblemException 404 for an unknown experiment, 503 when the broker is gone
     */
    public boolean describe(String id, Request request) {
        ExperimentCommand.Describe command = new ExperimentCommand.Describe(
                id + "/describe/" + UUID.randomUUID(),
                clock.instant(),
                Event.SCHEMA_VERSION,
                id,
                request.name(),
                request.notes(),
                request.tags());
        views.readKnown(id, ExperimentView::description);
        if (request.name() == null && request.notes() == null && request.tags() == null) {
            return false;
        }
        // also what seems to be there already: another's change may be on its way, and a repeated description changes
        // nothing
        sender.send(command);
        // whoever describes can look at once
        views.await(id, view -> view.description().with(command).equals(view.description()));
        return true;
    }
}
