package org.rtda.gateway.dataset;

import java.util.List;
import java.util.function.Supplier;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.store.Datasets;

/** Removes data sets, unless an experiment needs them. */
public final class DatasetRemoval {
    private final Datasets datasets;
    private final Supplier<List<Use>> uses;

    /**
     * An experiment and the data set that it was submitted with.
     *
     * @param ended whether nothing more will come of it
     */
    public record Use(String experiment, String dataset, boolean ended) {}

    /** @param uses of all experiments, as they are known when it is asked */
    public DatasetRemoval(Datasets datasets, Supplier<List<Use>> uses) {
        this.datasets = datasets;
        this.uses = uses;
    }

    /**
     * @param endedToo whether it goes although ended experiments were made from it, which can then neither be evaluated again nor
     *     tell where their images came from
     * @return how many objects were removed
     * @throws ProblemException 404 when there is no such data set, 409 when an experiment needs it
     */
    public int remove(String name, boolean endedToo) {
        if (!datasets.hasObjects(name)) {
            throw ProblemException.unknownDataset(
                    name, datasets.list().stream().map(DatasetManifest::name).toList());
        }
        requireUnused(name, endedToo);
        return datasets.delete(name, () -> requireUnused(name, endedToo));
    }

    private void requireUnused(String name, boolean endedToo) {
        List<Use> ofThis =
                uses.get().stream().filter(use -> use.dataset().equals(name)).toList();
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
                    + " ended=true removes it all the same");
        }
    }
}
