package org.rtda.gateway.command;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.Unfinished;
import org.rtda.store.ArtifactStore;

/**
 * Deletes an experiment that has ended and that no other one needs. First the command is published, so that the experiment is gone and
 * stays gone; then its objects are removed. Asking again after a failure removes what is left.
 */
public final class DeleteExperiment {
    private final ExperimentViews views;
    private final ArtifactStore store;
    private final BooleanSupplier caughtUp;
    private final CommandSender sender;
    private final Clock clock;

    /** @param caughtUp whether every command that anybody has sent is known; while it is not nothing is deleted */
    public DeleteExperiment(
            ExperimentViews views, ArtifactStore store, BooleanSupplier caughtUp, CommandSender sender, Clock clock) {
        this.views = views;
        this.store = store;
        this.caughtUp = caughtUp;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * @return how many objects were removed
     * @throws ProblemException 404 for an unknown experiment, 409 when it has not ended or another one needs it, 503 when the broker or
     *     the database is gone, or while it is not known what others need
     * @throws org.rtda.store.ArtifactStoreUnavailableException when the store is out of reach; some objects may be removed
     */
    public int delete(String id) {
        boolean deletedBefore = views.isDeleted(id);
        if (!deletedBefore) {
            requireUnused(id);
            sender.send(new ExperimentCommand.Delete(id + "/delete", clock.instant(), Event.SCHEMA_VERSION, id));
            // whoever deletes can look at once
            views.awaitDeletion(id);
        }
        int removed = removeObjects(id);
        if (deletedBefore && removed == 0) {
            throw ProblemException.unknownExperiment(id);
        }
        return removed;
    }

    private void requireUnused(String id) {
        // before anything is looked at: what is looked at must hold every command
        if (!caughtUp.getAsBoolean()) {
            throw ProblemException.unavailable(
                    "experiment " + id
                            + " is not deleted: the gateway is still reading which experiments need it; try again in a moment",
                    null);
        }
        Unfinished unfinished = views.readKnown(id, Unfinished::of);
        if (!unfinished.isEmpty()) {
            throw ProblemException.conflict(
                    "experiment " + id + " has not ended (" + unfinished.inWords() + "): cancel it or wait for it");
        }
        List<String> starts = views.startingFrom(id);
        if (!starts.isEmpty()) {
            throw ProblemException.conflict("experiment " + id + " is the start of " + String.join(", ", starts)
                    + ": without it nobody can tell where they come from; delete them first");
        }
        List<String> transfers = views.openTransfersFrom(id);
        if (!transfers.isEmpty()) {
            throw ProblemException.conflict("experiment " + id + " is the source of evaluations that have not ended: "
                    + String.join(", ", transfers) + "; cancel them or wait for them");
        }
    }

    private int removeObjects(String id) {
        List<String> objects = new ArrayList<>(store.list(ObjectKeys.experiment(id)));
        objects.addAll(store.list(ObjectKeys.transients(id)));
        objects.forEach(store::delete);
        return objects.size();
    }
}
