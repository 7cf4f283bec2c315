package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rtda.contracts.EventCodec;

/** The description of every topic and message, for programs that read them. */
@Path("/asyncapi.yaml")
@Blocking
@Tag(name = "system")
class AsyncApiResource {

    @GET
    @Produces("application/yaml")
    @Operation(summary = "AsyncAPI 3.0 document of the Kafka topics and their messages")
    public String document() throws IOException {
        try (InputStream document = EventCodec.class.getResourceAsStream("/asyncapi.yaml")) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
