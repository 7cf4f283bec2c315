package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.database.ReadModel;
import org.rtda.gateway.projection.NewestRecords;
import org.rtda.gateway.projection.ViewCatchUp;

/** REST: the database of what the gateway knows. */
@Path(ApiPath.V1 + "/read-model")
@Blocking
@Tag(name = "system")
class ReadModelResource {
    private static final Logger LOG = Logger.getLogger(ReadModelResource.class);

    private final ReadModel readModel;
    private final ViewCatchUp catchUp;
    private final NewestRecords newest;

    ReadModelResource(ReadModel readModel, ViewCatchUp catchUp, NewestRecords newest) {
        this.readModel = readModel;
        this.catchUp = catchUp;
        this.newest = newest;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Whether lists are complete: how far the gateway has read the topics",
            description = "While they are incomplete, an experiment that answers 404 may still appear.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReadModelDocument.class)))
    @APIResponse(responseCode = "503", description = "the database or the broker does not answer")
    public ReadModelDocument show() {
        NewestRecords.Found found = newest.find();
        return ReadModelDocument.of(catchUp.partitionsBehind(found.offsets(), found.ids()));
    }

    @POST
    @Path("/rebuild")
    @Operation(
            summary = "Rebuild the read model from the topics",
            description = "The gateway forgets what it knows of experiments and reads the topics again; lists are"
                    + " incomplete until then. What the topics no longer contain is lost.")
    @APIResponse(responseCode = "202", description = "the read model is empty; reading begins within seconds")
    @APIResponse(responseCode = "503", description = "the database does not answer; nothing has changed")
    public Response rebuild() {
        readModel.forget();
        LOG.warn("the read model was forgotten on request: it is built anew from the topics");
        return Response.accepted().build();
    }
}
