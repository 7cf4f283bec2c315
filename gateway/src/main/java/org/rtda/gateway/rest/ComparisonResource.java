package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.PreDestroy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.artifact.LargeAnswers;
import org.rtda.gateway.comparison.ComparedRun;
import org.rtda.gateway.comparison.ComparisonDocument;
import org.rtda.gateway.comparison.Comparisons;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.CheckpointGates;
import org.rtda.gateway.view.EvaluationView;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.store.ArtifactException;
import org.rtda.store.ArtifactStore;
import org.rtda.store.ArtifactStoreUnavailableException;

/** REST: experiments side by side. */
@Path(ApiPath.V1 + "/comparisons")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "experiments")
class ComparisonResource {
    private static final Logger LOG = Logger.getLogger(ComparisonResource.class);
    private static final int FEWEST = 2;
    private static final int MOST = 20;

    /** Documents that are read at once, of all requests: each takes little time, and much of it is waiting for the store. */
    private static final int READERS = 8;

    private final ExperimentViews views;
    private final ArtifactStore store;
    private final LargeAnswers largeAnswers;
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, ComparisonResource::reader);

    ComparisonResource(ExperimentViews views, ArtifactStore store, LargeAnswers largeAnswers) {
        this.largeAnswers = largeAnswers;
        this.views = views;
        this.store = store;
    }

    @GET
    @Operation(
            summary = "Compare experiments: their figures side by side, and the differences that paired tests show",
            description = "Experiments that differ only in their seed form a group, whose figures are means over seeds."
                    + " The group of the first experiment is compared with each other group by two tests:"
                    + " McNemar's exact test over images, for each seed, and Student's interval over"
                    + " seeds. Holm's method corrects the p-values over the groups. A difference is the"
                    + " first group's figure minus the other's.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ComparisonDocument.class)))
    @APIResponse(
            responseCode = "400",
            description = "too few or too many experiments, experiments on different data sets, the same run twice, or"
                    + " a condition that none of them measured")
    @APIResponse(responseCode = "404", description = "no such experiment")
    @APIResponse(responseCode = "503", description = "the store with the predictions does not answer")
    public ComparisonDocument comparison(
            @RestQuery
                    @Parameter(
                            required = true,
                            description = "2 to 20 ids, separated by commas",
                            schema =
                                    @Schema(
                                            pattern =
                                                    "^" + Check.NAME_PATTERN + "(," + Check.NAME_PATTERN + "){1,19}$"),
                            example = "exp-3f9c2a1b0d4e,exp-9b0d4e3f9c2a")
                    String experiments,
            @RestQuery
                    @Parameter(
                            description = "a condition as the results name it, for example pgd-l2-10@0.5; may be"
                                    + " repeated. Without it: clean images, untargeted attacks, worst"
                                    + " cases and shifts")
                    List<String> condition) {
        List<String> ids = ids(experiments);
        List<String> labels = condition == null ? List.of() : condition;
        return largeAnswers.make(() -> Comparisons.of(
                views.readAllKnown(ids, each -> Comparisons.looksAt(each, labels), ComparisonResource::run),
                labels,
                this::predictions,
                readers));
    }

    private static Thread reader(Runnable work) {
        Thread thread = new Thread(work, "comparison-reader");
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void close() {
        readers.shutdownNow();
    }

    private static List<String> ids(String experiments) {
        List<String> ids = experiments == null
                ? List.of()
                : Arrays.stream(experiments.split(","))
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .toList();
        if (new LinkedHashSet<>(ids).size() < ids.size()) {
            throw ProblemException.badValue("experiments", experiments, "each experiment once");
        }
        if (ids.size() < FEWEST || ids.size() > MOST) {
            throw ProblemException.badValue(
                    "experiments", experiments, FEWEST + " to " + MOST + " ids separated by commas");
        }
        return ids;
    }

    private static ComparedRun run(ExperimentView view) {
        List<Measured> measured =
                view.finalEvaluation().map(EvaluationView::measured).orElse(List.of());
        Map<String, List<String>> failedGates = new HashMap<>();
        view.finalEvaluation()
                .map(evaluation -> CheckpointGates.of(view, evaluation))
                .ifPresent(gates -> measured.stream()
                        .map(Measured::condition)
                        .forEach(condition -> failedGates.put(condition.label(), gates.failedBy(condition))));
        return new ComparedRun(view.submit().orElseThrow(), measured, failedGates);
    }

    /**
     * Empty for what is missing or altered: the figures stand without it, and there is no test on images then.
     *
     * @throws ArtifactStoreUnavailableException when the store may have it
     */
    private Optional<Predictions> predictions(ObjectRef kept) {
        try {
            return Optional.of(EventCodec.read(store.get(kept), Predictions.class));
        } catch (ArtifactStoreUnavailableException e) {
            throw e;
        } catch (ArtifactException | InvalidMessageException e) {
            LOG.warnf("comparison without %s: %s", kept.key(), e.getMessage());
            return Optional.empty();
        }
    }
}
