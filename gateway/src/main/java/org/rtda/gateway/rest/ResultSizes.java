package org.rtda.gateway.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.result.ResultRow;
import org.rtda.store.DatasetReader;

/**
 * Says of result rows what depends on the size of the images. While the store does not give the data set's manifest, the rows
 * leave it open.
 */
@ApplicationScoped
class ResultSizes {
    private static final Logger LOG = Logger.getLogger(ResultSizes.class);

    private final DatasetReader datasets;

    ResultSizes(DatasetReader datasets) {
        this.datasets = datasets;
    }

    /** @param data on which all rows were measured; not asked for where no row is about an attack */
    List<ResultRow> complete(List<ResultRow> rows, Supplier<DatasetRef> data) {
        if (rows.stream()
                .allMatch(row -> row.effort() == null && row.conditionDetails().attackSet() == null)) {
            return rows;
        }
        return manifest(data.get())
                .map(known -> rows.stream().map(row -> row.onImagesOf(known)).toList())
                .orElse(rows);
    }

    private Optional<DatasetManifest> manifest(DatasetRef data) {
        try {
            return Optional.of(datasets.manifest(data));
        } catch (RuntimeException e) {
            LOG.warnf("data set %s: the size of its images is not known: %s", data.name(), e.getMessage());
            return Optional.empty();
        }
    }
}
