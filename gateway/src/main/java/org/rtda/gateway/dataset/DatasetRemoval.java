package org.rtda.gateway.dataset;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.rtda.contracts.ObjectKeys;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.store.Datasets;

/** Removes data sets, unless an experiment needs them, with everything that holds or tells of their single images. */
public final class DatasetRemoval {
    private final Datasets datasets;
    private final BooleanSupplier caughtUp;
    private final Function<String, List<Use>> uses;

    /**
     * An experiment that was submitted with the data set.
     *
     * @param ended whether nothing more will come of it
     */
    public record Use(String experiment, boolean ended) {
        /** One whose run has ended has not ended while an evaluation of it is open, also one that people asked for later. */
        public static Use of(ExperimentDocument experiment) {
            return new Use(
                    experiment.id(),
                    experiment.progress() == null && experiment.unfinished().isEmpty());
        }
    }

    /**
     * @param caughtUp whether every experiment that anybody has submitted is known; while it is not nothing is removed
     * @param uses of the data set with this name, as they are known when it is asked
     */
    public DatasetRemoval(Datasets datasets, BooleanSupplier caughtUp, Function<String, List<Use>> uses) {
        this.datasets = datasets;
        this.caughtUp = caughtUp;
        this.uses = uses;
    }

    /**
     * Removes it, and what ended experiments that were made from it keep of its images: predictions, galleries and batches that were
     * left behind. Their models and figures stay.
     *
     * @param endedToo whether it goes although ended experiments were made from it, which can then neither be evaluated again nor
     *     tell where their images came from
     * @return how many objects were removed
     * @throws ProblemException 404 when there is no such data set, 409 when an experiment needs it, 503 while it is not known which
     *     experiments there are
     */
    public int remove(String name, boolean endedToo) {
        if (!datasets.hasObjects(name)) {
            throw ProblemException.unknownDataset(name, datasets.names());
        }
        requireUnused(name, endedToo);
        return datasets.delete(name, () -> requireUnused(name, endedToo));
    }

    /** @return prefixes of what ended experiments keep of single images, which goes with the data set */
    private List<String> requireUnused(String name, boolean endedToo) {
        if (!caughtUp.getAsBoolean()) {
            throw ProblemException.unavailable(
                    "data set " + name
                            + " is not removed: the gateway is still reading which experiments there are; try again in a moment",
                    null);
        }
        List<Use> ofThis = uses.apply(name);
        List<String> unfinished =
                ofThis.stream().filter(use -> !use.ended()).map(Use::experiment).toList();
        if (!unfinished.isEmpty()) {
            throw ProblemException.conflict("data set " + name + " is needed by experiments that have not ended: "
                    + String.join(", ", unfinished) + "; cancel them or wait for them");
        }
        if (!ofThis.isEmpty() && !endedToo) {
            throw ProblemException.conflict("data set " + name + " was used by experiments that have ended: "
                    + String.join(", ", ofThis.stream().map(Use::experiment).toList())
                    + "; without it they can neither be evaluated again nor tell where their images came from."
                    + " ended=true (rtda dataset delete --ended) removes it all the same, and what they keep of its images:"
                    + " predictions and galleries");
        }
        return ofThis.stream()
                .flatMap(use -> ObjectKeys.ofImages(use.experiment()).stream())
                .toList();
    }
}
