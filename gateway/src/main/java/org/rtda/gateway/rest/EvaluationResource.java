package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.result.ResultRow;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.artifact.Artifact;
import org.rtda.gateway.artifact.ArtifactAnswers;
import org.rtda.gateway.command.CancelEvaluation;
import org.rtda.gateway.command.EvaluationRequest;
import org.rtda.gateway.command.Evaluations;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.security.Created;
import org.rtda.gateway.view.EvaluationDocument;
import org.rtda.gateway.view.EvaluationView;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.gateway.view.ResultRows;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.ArtifactStore;

/** REST: requests for evaluations, and their results. */
@Path(ApiPath.V1 + "/experiments")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "experiments")
class EvaluationResource {
    private static final Logger LOG = Logger.getLogger(EvaluationResource.class);
    private static final String EVALUATION =
            "the name of a named evaluation, epoch-00005 for one that the experiment's own settings ask for, or"
                    + " any evaluation's id; the final evaluation when absent";

    private final Evaluations evaluations;
    private final CancelEvaluation cancel;
    private final ExperimentViews views;
    private final ArtifactStore store;
    private final RequestBodies bodies;
    private final ResultSizes sizes;
    private final ArtifactAnswers answers;
    private final RoutingContext request;

    EvaluationResource(
            Evaluations evaluations,
            CancelEvaluation cancel,
            ExperimentViews views,
            ArtifactStore store,
            RequestBodies bodies,
            ResultSizes sizes,
            ArtifactAnswers answers,
            RoutingContext request) {
        this.request = request;
        this.evaluations = evaluations;
        this.cancel = cancel;
        this.views = views;
        this.store = store;
        this.bodies = bodies;
        this.sizes = sizes;
        this.answers = answers;
    }

    @POST
    @Path("/{id}/evaluations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Request an evaluation of a checkpoint, in addition to those of the specification",
            description = "The evaluation uses a suite, or images made against other experiments' models. Repeating the"
                    + " request changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EvaluationRequest.class),
                            examples = {
                                @ExampleObject(name = "Everything there is", value = "{\"suite\":\"full\"}"),
                                @ExampleObject(
                                        name = "Images made against another model",
                                        value = "{\"transferFrom\":[\"exp-3f9c2a1b0d4e\"],\"name\":\"from-erm\"}")
                            }))
    @APIResponse(
            responseCode = "202",
            description = "accepted; GET " + ApiPath.V1 + "/experiments/{id}/evaluations says how far it is",
            content = @Content(examples = @ExampleObject(value = "{\"id\":\"exp-3f9c2a1b0d4e/epoch-00020/full\"}")))
    @APIResponse(
            responseCode = "400",
            description = "a value is not allowed, or an experiment of transferFrom has another data set")
    @APIResponse(responseCode = "404", description = "no such experiment, or no such checkpoint of it")
    @APIResponse(
            responseCode = "409",
            description = "the name was used for another evaluation, or for one that was cancelled or has failed")
    public Response evaluate(@RestPath String id, InputStream body) throws IOException {
        Evaluations.Asked asked = evaluations.ask(id, bodies.read(body, EvaluationRequest.class));
        LOG.infof("evaluation %s: %s", asked.evaluationId(), asked.isNew() ? "asked for" : "asked for again");
        Created.tell(request, asked.evaluationId());
        return Response.accepted(Map.of("id", asked.evaluationId()))
                .location(URI.create(ApiPath.V1 + "/experiments/" + id + "/evaluations"))
                .build();
    }

    @GET
    @Path("/{id}/evaluations")
    @Operation(
            summary = "All evaluations so far, by epoch: their states, their progress, and which gates they pass or"
                    + " fail",
            description = "queue is the place among the evaluations that no evaluator has begun; named evaluations have"
                    + " a queue of their own. GET " + ApiPath.V1
                    + "/experiments/{id}/results?evaluation=ID has an evaluation's figures.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = EvaluationDocument[].class)))
    public List<EvaluationDocument> evaluations(@RestPath String id) {
        return views.evaluations(id);
    }

    @POST
    @Path("/{id}/evaluations/{evaluation: .+}/cancel")
    @Operation(
            summary = "Cancel one evaluation",
            description = "Its figures so far stay. The training and other evaluations continue. Repeating the request"
                    + " changes nothing. A cancelled evaluation keeps its name: after a"
                    + " cancelled full, the next request of the full suite without a name is called full-2.")
    @APIResponse(
            responseCode = "202",
            description = "state is CANCELLING until the evaluation is complete, with the reason \"cancelled\" for each"
                    + " condition that was not measured",
            content = @Content(schema = @Schema(implementation = EvaluationDocument.class)))
    @APIResponse(responseCode = "404", description = "no such experiment, or no such evaluation of it")
    @APIResponse(responseCode = "409", description = "it has ended")
    @APIResponse(responseCode = "503", description = "the broker does not answer")
    public Response cancel(
            @RestPath String id,
            @RestPath
                    @Parameter(
                            description = "the name of a named evaluation (of the last epoch that has one), an epoch"
                                    + " and a name (epoch-00003/full), or the epoch alone for an"
                                    + " evaluation that the experiment's own settings ask for",
                            example = "epoch-00020")
                    String evaluation) {
        String cancelled = cancel.cancel(id, evaluation);
        LOG.infof("evaluation %s: cancel requested", cancelled);
        return Response.accepted(views.evaluations(id).stream()
                        .filter(document -> document.id().equals(cancelled))
                        .findFirst()
                        .orElseThrow())
                .build();
    }

    @GET
    @Path("/{id}/robustness")
    @Operation(summary = "All messages of all evaluations so far: planned, measured, failed, gates, completed")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RobustnessMetric[].class)))
    public RobustnessMetric[] robustness(@RestPath String id) {
        // an array, not a list: its element type puts the "type" field into each document
        return views.readKnown(id, ExperimentView::robustness).toArray(RobustnessMetric[]::new);
    }

    @GET
    @Path("/{id}/results")
    @Produces({MediaType.APPLICATION_JSON, ResultCsv.MEDIA_TYPE})
    @Extension(name = ArtifactDescriptions.MARK, value = "true")
    @Operation(
            summary = "All figures of an evaluation, with 95% interval, n, and the gates that they fail",
            description = "Rows come as they are measured; GET " + ApiPath.V1
                    + "/experiments/{id} says whether all are there.")
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ResultRow[].class)),
                @Content(mediaType = ResultCsv.MEDIA_TYPE)
            })
    @APIResponse(responseCode = "400", description = "unknown format")
    public Response results(
            @RestPath String id,
            @RestQuery @Parameter(description = ResultFormat.PARAMETER, schema = @Schema(enumeration = {"json", "csv"}))
                    String format,
            @RestQuery @Parameter(description = EVALUATION) String evaluation,
            @Context Request request) {
        ResultFormat chosen = ResultFormat.of(format, request);
        List<ResultRow> rows = evaluation == null
                ? views.readKnown(id, ResultRows::of)
                : views.readEvaluation(id, evaluation, ResultRows::of);
        if (chosen == ResultFormat.JSON) {
            rows = sizes.complete(
                    rows,
                    () -> views.readKnown(
                            id, view -> view.submit().orElseThrow().dataset()));
            return ResultFormat.json(answers, rows);
        }
        return ResultFormat.csv(answers, ResultCsv.write(rows), id + "-results.csv");
    }

    @GET
    @Path("/{id}/predictions")
    @Extension(name = ArtifactDescriptions.MARK, value = "true")
    @Operation(
            summary = "The final model's predictions for each image under one condition, checked against their"
                    + " checksum",
            description = "The images are the same for every model, and indices has their places in the split. So two"
                    + " experiments on the same data set can be compared image by image.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Predictions.class)))
    @APIResponse(responseCode = "400", description = "condition is missing")
    @APIResponse(
            responseCode = "404",
            description = "no such experiment, or the condition is not measured yet, or its predictions were not kept")
    @APIResponse(responseCode = "500", description = "the stored predictions are missing or altered")
    public Response predictions(
            @RestPath String id,
            @RestQuery
                    @Parameter(
                            required = true,
                            description = "as the results name it: clean, pgd-l2-10@0.5, jpeg@3, shift-other-scanner")
                    String condition,
            @RestQuery @Parameter(description = EVALUATION) String evaluation) {
        List<RobustnessMetric.Measured> measured = evaluation == null
                ? views.readKnown(id, view -> view.finalEvaluation()
                        .map(EvaluationView::measured)
                        .orElse(List.of()))
                : views.readEvaluation(id, evaluation, (view, chosen) -> chosen.measured());
        List<String> known = measured.stream().map(m -> m.condition().label()).toList();
        if (condition == null) {
            throw ProblemException.badValue("condition", null, "one of " + known);
        }
        ObjectRef kept = measured.stream()
                .filter(m -> m.condition().label().equals(condition))
                .findFirst()
                .orElseThrow(() -> ProblemException.notYet(
                        "experiment " + id + " has no measured condition " + condition + "; measured are " + known))
                .predictions();
        if (kept == null) {
            throw ProblemException.notYet(
                    "the predictions of " + condition + " of experiment " + id + " were not kept");
        }
        try {
            return answers.answer(Artifact.stored(store, kept), MediaType.APPLICATION_JSON)
                    .build();
        } catch (ArtifactMissingException e) {
            throw ProblemException.notYet("the predictions of " + condition + " of experiment " + id
                    + " are no longer in the store; rtda dataset delete --ended removes them with the data set");
        }
    }
}
