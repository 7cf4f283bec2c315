package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.check.Check;
import org.rtda.gateway.GatewayConfig;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.database.EventFeed;
import org.rtda.gateway.database.FeedMessage;
import org.rtda.gateway.problem.ProblemException;

@Path(ApiPath.V1 + "/metrics")
@Tag(name = "experiments")
class MetricsResource {
    private final GatewayConfig.Gateway bounds;
    private final EventStream streams;

    MetricsResource(EventFeed feed, GatewayConfig config) {
        this.bounds = config.gateway();
        this.streams = new EventStream(feed, bounds.streamBuffer(), bounds.maxStreams());
    }

    @GET
    @Path("/stream")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "An experiment's events as a stream",
            description = "Server-sent events of types status, training, robustness and end; data is the event as JSON."
                    + " First come all events so far, unless from=now. The event end comes when nothing of"
                    + " the experiment runs any more, and the stream ends with it: close it then, or the"
                    + " browser connects again. A reader that falls too far behind is disconnected. A"
                    + " reader that comes back with Last-Event-ID gets the events since then; only ids"
                    + " that the stream has sent can be used. To follow many experiments, read the Kafka topics.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = String.class),
                            examples =
                                    @ExampleObject(
                                            value =
                                                    "event: training\nid: 1764453458000-20\ndata: {\"id\":\"exp-1/1/20\",\"step\":20,...}")))
    @APIResponse(responseCode = "400", description = "experiment is missing, or from has an unknown value")
    @APIResponse(responseCode = "404", description = "no such experiment")
    @APIResponse(responseCode = "503", description = "the gateway already serves as many streams as it may")
    public Multi<OutboundSseEvent> stream(
            @RestQuery @Parameter(required = true) String experiment,
            @RestQuery
                    @Parameter(
                            schema =
                                    @Schema(
                                            enumeration = {"start", "now"},
                                            defaultValue = "start"))
                    String from,
            @RestHeader("Last-Event-ID")
                    @Parameter(
                            description = "the id of the last event that the reader has received; with an id that this"
                                    + " gateway does not know, the stream begins again")
                    String lastEventId,
            @Context Sse sse) {
        Check.present("experiment", experiment);
        Check.oneOf("from", from == null ? "start" : from, List.of("start", "now"));
        OutboundSseEvent over = sse.newEventBuilder().comment("over").build();
        Multi<OutboundSseEvent> events = streams.of(experiment, lastEventId, !"now".equals(from))
                .orElseThrow(() -> ProblemException.unknownExperiment(experiment))
                .map(message -> event(sse, message))
                .onCompletion()
                .continueWith(over);
        Multi<OutboundSseEvent> heartbeats = Multi.createFrom()
                .ticks()
                .every(bounds.heartbeat())
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("still here").build());
        // heartbeats alone would go on for ever
        return Multi.createBy().merging().streams(events, heartbeats).select().first(event -> event != over);
    }

    private static OutboundSseEvent event(Sse sse, FeedMessage message) {
        OutboundSseEvent.Builder event = sse.newEventBuilder()
                .name(message.type())
                .mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(String.class, new String(EventCodec.write(message.content()), StandardCharsets.UTF_8));
        return message.place() == null
                ? event.build()
                : event.id(message.place()).build();
    }
}
