package org.rtda.gateway;

import io.quarkus.qute.Template;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.rtda.contracts.DatasetManifest;
import org.rtda.contracts.DatasetRef;
import org.rtda.store.ArtifactException;
import org.rtda.store.DatasetReader;

/** Renders reports as HTML files that need nothing else. */
@ApplicationScoped
class ReportPage {
    private final Views views;
    private final DatasetReader datasets;
    private final Template report;

    ReportPage(Views views, DatasetReader datasets, Template report) {
        this.views = views;
        this.datasets = datasets;
        this.report = report;
    }

    /** Empty when there is no such experiment. */
    Optional<String> render(String experiment) {
        return views.read(experiment, Report.Source::of).map(source -> report.data(
                        "report", Report.of(source, manifest(source.submit().dataset())))
                .render());
    }

    private Optional<DatasetManifest> manifest(DatasetRef dataset) {
        try {
            return Optional.of(datasets.manifest(dataset));
        } catch (ArtifactException e) {
            // the figures stand without it, and the report says that it is missing
            return Optional.empty();
        }
    }
}
