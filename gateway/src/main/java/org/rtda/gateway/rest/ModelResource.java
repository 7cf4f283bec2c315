package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.artifact.Artifact;
import org.rtda.gateway.artifact.ArtifactAnswers;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentView;
import org.rtda.store.ArtifactStore;

/** REST: the model and the weights of an experiment, as files. */
@Path(ApiPath.V1 + "/experiments")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "experiments")
class ModelResource {

    private final ExperimentViews views;
    private final ArtifactStore store;
    private final ArtifactAnswers answers;

    ModelResource(ExperimentViews views, ArtifactStore store, ArtifactAnswers answers) {
        this.views = views;
        this.store = store;
        this.answers = answers;
    }

    @GET
    @Path("/{id}/model")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Extension(name = ArtifactDescriptions.MARK, value = "true")
    @Operation(
            summary = "The newest checkpoint's model as ONNX, checked against its checksum",
            description = "Input images: N x C x H x W in [0,1], float32; output logits: N x classes.")
    @APIResponse(
            responseCode = "200",
            description = "ETag is the SHA-256, X-Epoch the number of finished epochs",
            content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM))
    @APIResponse(responseCode = "404", description = "no such experiment, or no checkpoint yet")
    @APIResponse(responseCode = "500", description = "the stored model is missing or altered")
    public Response model(@RestPath String id) {
        CheckpointSaved checkpoint = views.readKnown(id, ExperimentView::checkpoint)
                .orElseThrow(() -> ProblemException.notYet(
                        "experiment " + id + " has no model yet: none of its checkpoints is saved"));
        return artifact(checkpoint, checkpoint.model(), id + ".onnx");
    }

    @GET
    @Path("/{id}/weights")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Extension(name = ArtifactDescriptions.MARK, value = "true")
    @Operation(
            summary = "The newest checkpoint's weights as safetensors, checked against their checksum",
            description = "float32 tensors by parameter name. POST " + ApiPath.V1 + "/weights takes the file.")
    @APIResponse(
            responseCode = "200",
            description = "ETag is the SHA-256, X-Epoch the number of finished epochs",
            content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM))
    @APIResponse(responseCode = "404", description = "no such experiment, or no checkpoint yet")
    @APIResponse(responseCode = "500", description = "the stored weights are missing or altered")
    public Response weights(@RestPath String id) {
        CheckpointSaved checkpoint = views.readKnown(id, ExperimentView::checkpoint)
                .orElseThrow(() -> ProblemException.notYet(
                        "experiment " + id + " has no weights yet: none of its checkpoints is saved"));
        return artifact(checkpoint, checkpoint.weights(), id + ".safetensors");
    }

    private Response artifact(CheckpointSaved checkpoint, ObjectRef object, String fileName) {
        return answers.answer(Artifact.stored(store, object), MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .header("X-Epoch", checkpoint.epoch())
                .header("X-Final", checkpoint.last())
                .build();
    }
}
