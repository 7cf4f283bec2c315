package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.TrainingMetric;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.command.DeleteExperiment;
import org.rtda.gateway.command.DescribeExperiment;
import org.rtda.gateway.command.Experiments;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.database.IdempotencyKeys;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentDocument;
import org.rtda.gateway.view.ExperimentView;

/** The life of an experiment: submitted, followed, cancelled, deleted. */
@Path(ApiPath.V1 + "/experiments")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "experiments")
class ExperimentResource {
    private static final Logger LOG = Logger.getLogger(ExperimentResource.class);

    private final Experiments experiments;
    private final DeleteExperiment delete;
    private final DescribeExperiment describe;
    private final ExperimentViews views;
    private final RequestBodies bodies;

    ExperimentResource(
            Experiments experiments,
            DeleteExperiment delete,
            DescribeExperiment describe,
            ExperimentViews views,
            RequestBodies bodies) {
        this.experiments = experiments;
        this.delete = delete;
        this.describe = describe;
        this.views = views;
        this.bodies = bodies;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Submit an experiment",
            description =
                    "Absent fields take their defaults (GET " + ApiPath.V1 + "/known). An unknown field is refused.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExperimentSpec.class),
                            examples = {
                                @ExampleObject(
                                        name = "RTDA with defaults",
                                        value = "{\"dataset\":\"phantom-mammogram\",\"method\":\"rtda\"}"),
                                @ExampleObject(
                                        name = "Plain training, chosen radii of the evaluation",
                                        value =
                                                "{\"dataset\":\"breastmnist\",\"method\":\"erm\",\"network\":\"resnet8\","
                                                        + "\"epochs\":5,\"seed\":7,\"evaluation\":{\"epsilons\":[0.25,0.5]}}")
                            }))
    @APIResponse(
            responseCode = "201",
            description = "submitted; Location has its address",
            content = @Content(examples = @ExampleObject(value = "{\"id\":\"exp-3f9c2a1b0d4e\"}")))
    @APIResponse(responseCode = "400", description = "a value is not allowed or does not fit the data set")
    @APIResponse(
            responseCode = "409",
            description = "the Idempotency-Key was used for another specification, or for a deleted experiment")
    public Response submit(
            InputStream body,
            @RestHeader("Idempotency-Key")
                    @Parameter(
                            description = "repeated requests with the same key give the same experiment, at any of"
                                    + " several gateways; kept for at least "
                                    + IdempotencyKeys.KEPT_DAYS + " days")
                    String idempotencyKey)
            throws IOException {
        ExperimentSpec draft = bodies.read(body, ExperimentSpec.class);
        Experiments.Submitted submitted = experiments.submit(draft, idempotencyKey);
        LOG.infof(
                "experiment %s: %s (%s on %s, seed %d)",
                submitted.id(),
                submitted.isNew() ? "submitted" : "submitted again with the same key",
                draft.method(),
                draft.dataset(),
                draft.seed());
        return Response.created(URI.create(ApiPath.V1 + "/experiments/" + submitted.id()))
                .entity(Map.of("id", submitted.id()))
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One experiment: its full specification, state, progress and remaining time")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ExperimentDocument.class)))
    public ExperimentDocument show(@RestPath String id) {
        return views.document(id).orElseThrow(() -> ProblemException.unknownExperiment(id));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(
            summary = "Cancel an experiment: its run, waiting or in progress, and its evaluations",
            description = "What was saved stays, and its checkpoints can be evaluated later. Repeating the request"
                    + " changes nothing.")
    @APIResponse(
            responseCode = "202",
            description = "`cancelling` says what will end. It is empty when the run is CANCELLED and the evaluations"
                    + " are complete; each condition that was not measured has the reason \"cancelled\"",
            content = @Content(schema = @Schema(implementation = ExperimentDocument.class)))
    @APIResponse(responseCode = "409", description = "everything has ended, nothing is left to cancel")
    @APIResponse(responseCode = "503", description = "the broker does not answer")
    public Response cancel(@RestPath String id) {
        Experiments.Cancelled cancelled = experiments.cancel(id);
        if (cancelled.isNew()) {
            LOG.infof(
                    "experiment %s: cancel requested, ends %s",
                    id, cancelled.ends().inWords());
        }
        return Response.accepted(show(id)).build();
    }

    @GET
    @Path("/{id}/specification")
    @Operation(
            summary = "An experiment's specification alone, with every default filled in",
            description = "POST " + ApiPath.V1 + "/experiments takes it as it is, to run the experiment again.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ExperimentSpec.class)))
    public ExperimentSpec specification(@RestPath String id) {
        return views.readKnown(id, view -> view.submit().orElseThrow().spec());
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give an experiment a name, notes and tags",
            description = "An absent field stays as it is, an empty one is removed. The run does not depend on these"
                    + " fields. Lists can be filtered by tag.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DescribeExperiment.Request.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ExperimentDocument.class)))
    @APIResponse(responseCode = "400", description = "a value is too long or not allowed")
    public ExperimentDocument describe(@RestPath String id, InputStream body) throws IOException {
        if (describe.describe(id, bodies.read(body, DescribeExperiment.Request.class))) {
            LOG.infof("experiment %s: described", id);
        }
        return show(id);
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Delete an experiment that has ended, with its objects in the store",
            description = "It stays deleted when the read model is rebuilt. Repeat the request after a failure to"
                    + " remove what is left. The topics keep the experiment's messages until their retention ends.")
    @APIResponse(responseCode = "204", description = "deleted")
    @APIResponse(
            responseCode = "409",
            description =
                    "it waits, trains or is being evaluated; another experiment begins with its weights; or it is the"
                            + " source of an evaluation that has not ended")
    @APIResponse(
            responseCode = "503",
            description = "the broker, the store or the database does not answer, or the gateway is still reading which"
                    + " experiments need it")
    public void delete(@RestPath String id) {
        int objects = delete.delete(id);
        LOG.infof("experiment %s deleted: %d objects", id, objects);
    }

    @GET
    @Path("/{id}/training")
    @Operation(
            summary = "Training metrics by step",
            description = "One for each optimiser step; of a very long run every second, every fourth step and so on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TrainingMetric[].class)))
    public TrainingMetric[] training(@RestPath String id) {
        return views.readKnown(id, ExperimentView::training).toArray(TrainingMetric[]::new);
    }
}
