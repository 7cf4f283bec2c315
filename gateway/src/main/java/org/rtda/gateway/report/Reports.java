package org.rtda.gateway.report;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Gallery;
import org.rtda.contracts.Payload;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.card.CardFacts;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.result.SubgroupRow;
import org.rtda.core.ImageBatch;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.KeptDocuments;
import org.rtda.gateway.report.figures.ReportSource;
import org.rtda.gateway.report.figures.SubgroupSummary;
import org.rtda.gateway.view.EvaluationView;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.report.Report;
import org.rtda.store.ArtifactException;
import org.rtda.store.ArtifactStore;
import org.rtda.store.DatasetReader;
import org.rtda.store.Payloads;

/** Reads what a report is made of, from the view and the store. */
public final class Reports {
    private static final Logger LOG = Logger.getLogger(Reports.class);

    private final ExperimentViews views;
    private final DatasetReader datasets;
    private final ArtifactStore store;
    private final Payloads payloads;
    private final String version;
    private final Clock clock;

    /** @param version of this program */
    public Reports(ExperimentViews views, DatasetReader datasets, ArtifactStore store, String version, Clock clock) {
        this.views = views;
        this.datasets = datasets;
        this.store = store;
        this.payloads = new Payloads(store, Payloads.DEFAULT_INLINE_LIMIT_BYTES);
        this.version = version;
        this.clock = clock;
    }

    /**
     * Empty when there is no such experiment.
     *
     * @param withGallery whether to show images of patients
     */
    public Optional<Report> of(String experiment, boolean withGallery) {
        return of(experiment, withGallery, CardFacts.NONE);
    }

    /**
     * The same with a card that somebody has filled. Nothing of it is kept.
     *
     * @param facts for the card
     */
    public Optional<Report> of(String experiment, boolean withGallery, CardFacts facts) {
        // the store is asked outside the lock of the views
        return views.read(experiment, view -> source(view, withGallery, facts))
                .map(this::withManifest)
                .map(ExperimentReport::of);
    }

    /**
     * The CHAI applied model card, an XML document. Empty when there is no such experiment.
     *
     * @param facts what somebody states of the model
     */
    public Optional<String> chaiCard(String experiment, CardFacts facts) {
        return views.read(experiment, view -> source(view, false, facts))
                .map(this::withManifest)
                .map(ChaiCard::of);
    }

    /** Figures by subgroup; no rows where none are told. Empty when there is no such experiment. */
    public Optional<List<SubgroupRow>> subgroups(String experiment) {
        return views.read(experiment, view -> source(view, false, CardFacts.NONE))
                .map(source -> new SubgroupSummary(experiment, new Findings(source.evaluations())).rows());
    }

    /**
     * Where the experiment's model comes from. Empty when there is no such experiment.
     *
     * @param withFiles whether to name every source file
     */
    public Optional<Lineage> lineage(String experiment, boolean withFiles) {
        return views.read(experiment, view -> source(view, false, CardFacts.NONE))
                .map(this::withManifest)
                .map(source -> Lineage.of(source, images(source), withFiles));
    }

    private Optional<PreparedImages> images(ReportSource source) {
        return source.manifest()
                .filter(manifest -> manifest.images() != null)
                .flatMap(manifest -> given(
                        manifest.images().key(),
                        () -> datasets.images(source.submit().dataset()).orElseThrow()));
    }

    private ReportSource source(ExperimentView view, boolean withGallery, CardFacts facts) {
        return new ReportSource(
                view.submit().orElseThrow(),
                view.status(),
                view.checkpoint(),
                view.training(),
                view.evaluations().stream()
                        .filter(evaluation -> evaluation.isLast() && evaluation.isTold())
                        .map(Reports::evaluation)
                        .toList(),
                Optional.empty(),
                new Stored(),
                withGallery,
                facts,
                version,
                clock.instant());
    }

    private static ReportSource.Evaluation evaluation(EvaluationView view) {
        return new ReportSource.Evaluation(
                view.id(),
                Optional.ofNullable(view.suite()),
                view.plan(),
                view.progress().completed(),
                List.copyOf(view.measured()),
                List.copyOf(view.failed()),
                view.gates());
    }

    private ReportSource withManifest(ReportSource source) {
        return new ReportSource(
                source.submit(),
                source.status(),
                source.checkpoint(),
                source.training(),
                source.evaluations(),
                manifest(source.submit().dataset()),
                source.documents(),
                source.withGallery(),
                source.facts(),
                source.version(),
                source.writtenAt());
    }

    private Optional<DatasetManifest> manifest(DatasetRef dataset) {
        return given(dataset.manifest().key(), () -> datasets.manifest(dataset));
    }

    /** The figures stand without it, and the report says that it is missing. */
    private static <T> Optional<T> given(String key, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (ArtifactException | InvalidMessageException e) {
            LOG.warnf("report without %s: %s", key, e.getMessage());
            return Optional.empty();
        }
    }

    private final class Stored implements KeptDocuments {
        @Override
        public Optional<Predictions> predictions(ObjectRef ref) {
            return given(ref.key(), () -> EventCodec.read(store.get(ref), Predictions.class));
        }

        @Override
        public Optional<Gallery> gallery(ObjectRef ref) {
            return given(ref.key(), () -> EventCodec.read(store.get(ref), Gallery.class));
        }

        @Override
        public Optional<ImageBatch> pixels(Payload payload) {
            return given(payload.toString(), () -> payloads.read(payload));
        }
    }
}
