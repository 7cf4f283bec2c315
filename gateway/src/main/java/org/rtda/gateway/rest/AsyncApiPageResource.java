package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rtda.gateway.asyncapi.AsyncApiPage;

/** The description of every topic and message, for the people who write programs that read them. */
@Path("/asyncapi.html")
@Blocking
@Tag(name = "system")
class AsyncApiPageResource {
    private final String page = AsyncApiPage.render();

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    @Operation(
            summary = "The Kafka topics and their messages as a page: each field with type, limits, default and"
                    + " meaning")
    public String page() {
        return page;
    }
}
