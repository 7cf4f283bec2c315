package org.rtda.gateway.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.check.Check;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.database.ExperimentQuery;
import org.rtda.gateway.database.ExperimentQuery.Column;
import org.rtda.gateway.database.ExperimentViews;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.ExperimentDocument;

/** The list of experiments by pages. */
@Path(ApiPath.V1 + "/experiments")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "experiments")
class ExperimentListResource {
    private static final String TIME = "2026-11-02T10:00:00Z";
    private static final String NEWEST_FIRST = "-submittedAt";
    private static final String OLDEST_FIRST = "submittedAt";

    /** What a document of an experiment has, in its order. */
    private static final List<String> FIELDS = Arrays.stream(ExperimentDocument.class.getRecordComponents())
            .map(component -> component.getName())
            .toList();

    private final ExperimentViews views;
    private final ObjectMapper mapper;

    ExperimentListResource(ExperimentViews views, ObjectMapper mapper) {
        this.views = views;
        this.mapper = mapper;
    }

    /** @param next cursor of the next page; null on the last one */
    record Page(
            @Schema(implementation = ExperimentDocument[].class)
            List<Object> experiments,

            String next) {}

    @GET
    @Operation(
            summary = "Experiments by pages: chosen, in an order, with the fields that are asked for",
            description = "Conditions are joined by and. To go on, ask again with the same parameters and the page's"
                    + " next as cursor. An experiment that is submitted meanwhile moves no other to another page.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @APIResponse(responseCode = "400", description = "a parameter is not known, or its value is not allowed")
    @APIResponse(responseCode = "503", description = "the database is gone")
    public Page list(
            @RestQuery String dataset,
            @RestQuery String method,
            @RestQuery String network,
            @RestQuery @Parameter(schema = @Schema(implementation = ExperimentStatus.State.class)) String state,
            @RestQuery @Parameter(description = "of the attack of the training: l2 or linf") String norm,
            @RestQuery
                    @Parameter(
                            description = "of the attack of the training, in pixel units",
                            schema = @Schema(type = SchemaType.NUMBER, format = "double"))
                    String radius,
            @RestQuery @Parameter(description = "one of the tags that people gave it") String tag,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time"), example = TIME)
                    String submittedFrom,
            @RestQuery @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time"), example = TIME)
                    String submittedBefore,
            @RestQuery
                    @Parameter(
                            description = "the default is newest first",
                            schema =
                                    @Schema(
                                            enumeration = {OLDEST_FIRST, NEWEST_FIRST},
                                            defaultValue = NEWEST_FIRST))
                    String sort,
            @RestQuery @Parameter(description = "names of fields with commas; all when absent, id always")
                    String fields,
            @BeanParam PageParameters place) {
        Map<Column, Object> equal = new EnumMap<>(Column.class);
        put(equal, Column.DATASET, dataset);
        put(equal, Column.METHOD, method);
        put(equal, Column.NETWORK, network);
        put(equal, Column.STATE, state == null ? null : Check.oneOf("state", state, states()));
        put(equal, Column.NORM, norm);
        put(equal, Column.TAG, tag);
        put(equal, Column.RADIUS, radius == null ? null : number(radius));
        String order = sort == null ? NEWEST_FIRST : Check.oneOf("sort", sort, List.of(OLDEST_FIRST, NEWEST_FIRST));
        Set<String> wanted = fields == null ? null : wanted(fields);
        ExperimentQuery.Page page = views.page(new ExperimentQuery(
                equal,
                time("submittedFrom", submittedFrom),
                time("submittedBefore", submittedBefore),
                order.equals(OLDEST_FIRST),
                place.after(PageCursor::read),
                place.limit()));
        return new Page(
                page.experiments().stream()
                        .map(experiment -> document(experiment, wanted))
                        .toList(),
                page.next() == null ? null : PageCursor.of(page.next()));
    }

    private static void put(Map<Column, Object> equal, Column column, Object value) {
        if (value != null) {
            equal.put(column, value);
        }
    }

    private static List<String> states() {
        return Arrays.stream(ExperimentStatus.State.values()).map(Enum::name).toList();
    }

    private static Set<String> wanted(String fields) {
        Set<String> wanted = Arrays.stream(fields.split(","))
                .map(field -> Check.oneOf("fields", field, FIELDS))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        wanted.add("id");
        return wanted;
    }

    private Object document(ExperimentDocument experiment, Set<String> wanted) {
        // whole documents are written as they are: a tree of each would cost as much again
        return wanted == null
                ? experiment
                : mapper.<ObjectNode>valueToTree(experiment).retain(wanted);
    }

    private static Instant time(String name, String text) {
        try {
            // an instant may lie where no date of the database does
            return text == null
                    ? null
                    : Instant.parse(text).atOffset(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw ProblemException.badValue(name, text, "a time in UTC, for example " + TIME);
        }
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw ProblemException.badValue("radius", text, "a number");
        }
    }
}
