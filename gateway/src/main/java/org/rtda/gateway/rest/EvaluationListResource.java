package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.rtda.contracts.check.Check;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.database.EvaluationQuery;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.view.EvaluationDocument;

/** The list of all experiments' evaluations by pages. */
@Path(ApiPath.V1 + "/evaluations")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "experiments")
class EvaluationListResource {
    private final ExperimentViews views;

    EvaluationListResource(ExperimentViews views) {
        this.views = views;
    }

    /**
     * @param evaluations of this page, newest first
     * @param next cursor of the next page; null on the last one
     */
    @Schema(name = "EvaluationPage")
    record Page(List<EvaluationDocument> evaluations, String next) {}

    @GET
    @Operation(
            summary = "Evaluations of all experiments, newest first, page by page: their states and places in the"
                    + " queue",
            description = "For the next page, repeat the request with the page's next as cursor. A page may have fewer"
                    + " evaluations than its limit. queue is the place among the evaluations that no"
                    + " evaluator has begun; named evaluations have a queue of their own.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @APIResponse(responseCode = "400", description = "a parameter is unknown, or its value is not allowed")
    @APIResponse(responseCode = "503", description = "the database does not answer")
    public Page list(
            @RestQuery @Parameter(schema = @Schema(implementation = EvaluationDocument.State.class)) String state,
            @RestQuery
                    @DefaultValue("false")
                    @Parameter(
                            description = "true for named evaluations only, without those that experiments' own"
                                    + " settings ask for")
                    boolean named,
            @BeanParam PageParameters place) {
        EvaluationDocument.State chosen =
                state == null ? null : EvaluationDocument.State.valueOf(Check.oneOf("state", state, states()));
        PageCursor cursor = PageCursor.of("evaluations", chosen, named);
        EvaluationQuery.Page page = views.evaluations(new EvaluationQuery(
                chosen,
                named,
                place.after(text -> cursor.read(text, parts -> Long.valueOf(parts.get(0)))),
                place.limit()));
        return new Page(
                page.evaluations(),
                page.next() == null ? null : cursor.write(List.of(page.next().toString())));
    }

    private static List<String> states() {
        return Arrays.stream(EvaluationDocument.State.values()).map(Enum::name).toList();
    }
}
