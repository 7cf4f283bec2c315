package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.command.UploadedWeights;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.security.Created;

@Path(ApiPath.V1 + "/weights")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "weights")
class WeightsResource {
    private static final Logger LOG = Logger.getLogger(WeightsResource.class);

    private final UploadedWeights uploaded;
    private final RoutingContext request;

    WeightsResource(UploadedWeights uploaded, RoutingContext request) {
        this.uploaded = uploaded;
        this.request = request;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Upload weights to begin a training with",
            description = "Takes a safetensors file of finite float32 tensors. Use the answer as initialWeights"
                    + " of a specification. Sending a file again gives the same answer.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = UploadForm.class)))
    @APIResponse(
            responseCode = "201",
            description = "stored",
            content = @Content(schema = @Schema(implementation = ObjectRef.class)))
    @APIResponse(
            responseCode = "400",
            description = "the file is missing, is no safetensors file of float32 tensors, or contains NaN or"
                    + " infinite values")
    public Response upload(@RestForm @Parameter(hidden = true) FileUpload file) throws IOException {
        if (file == null) {
            throw ProblemException.badValue("file", null, "a safetensors file");
        }
        ObjectRef stored = uploaded.store(file.uploadedFile(), Files.size(file.uploadedFile()));
        LOG.infof("weights stored: %s, %d bytes", stored.key(), stored.sizeBytes());
        Created.tell(request, stored.key());
        return Response.status(Response.Status.CREATED).entity(stored).build();
    }

    /**
     * Weights to begin a training with. This is the form as the API's description shows it.
     *
     * @param file a safetensors file with the weights to begin with
     */
    @Schema(name = "WeightsUpload")
    record UploadForm(
            @Schema(required = true, format = "binary", type = SchemaType.STRING)
            Object file) {}
}
