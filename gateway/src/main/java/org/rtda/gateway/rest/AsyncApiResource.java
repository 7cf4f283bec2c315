package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rtda.gateway.asyncapi.AsyncApiDocument;

/** The description of every topic and message, for programs that read them. */
@Path("/asyncapi.yaml")
@Blocking
@Tag(name = "system")
class AsyncApiResource {

    @GET
    @Produces("application/yaml")
    @Operation(summary = "The AsyncAPI 3.0 document of the Kafka topics and their messages")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/yaml", schema = @Schema(type = SchemaType.OBJECT)))
    public String document() {
        return AsyncApiDocument.text();
    }
}
