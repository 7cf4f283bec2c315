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
import java.util.regex.Pattern;
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
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.settings.AttackSettings;
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

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

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

    /**
     * @param experiments of this page, with the fields that were asked for
     * @param next cursor of the next page; null on the last one
     */
    record Page(
            @Schema(implementation = ExperimentDocument[].class)
            List<Object> experiments,

            String next) {}

    @GET
    @Operation(
            summary = "Experiments, page by page: filtered, sorted, and with the fields that you ask for",
            description = "An experiment must match all filters. For the next page, repeat the request with the"
                    + " page's next as cursor. An experiment that is submitted in between moves no other to"
                    + " another page.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @APIResponse(responseCode = "400", description = "a parameter is unknown, or its value is not allowed")
    @APIResponse(responseCode = "503", description = "the database does not answer")
    public Page list(
            @RestQuery String dataset,
            @RestQuery String method,
            @RestQuery String network,
            @RestQuery @Parameter(schema = @Schema(implementation = ExperimentStatus.State.class)) String state,
            @RestQuery @Parameter(description = "norm of the attack in training") String norm,
            @RestQuery
                    @Parameter(
                            description = "radius of the attack in training, in pixel units",
                            schema =
                                    @Schema(
                                            type = SchemaType.NUMBER,
                                            format = "double",
                                            minimum = "0",
                                            maximum = "1000"))
                    String radius,
            @RestQuery @Parameter(description = "one of the experiment's tags") String tag,
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
            @RestQuery
                    @Parameter(
                            description = "names of fields, separated by commas; id is always included. All"
                                    + " fields when absent")
                    String fields,
            @BeanParam PageParameters place) {
        Map<Column, Object> equal = new EnumMap<>(Column.class);
        put(equal, Column.DATASET, dataset == null ? null : Check.name("dataset", dataset));
        put(equal, Column.METHOD, oneOf("method", method, KnownNames.METHODS));
        put(equal, Column.NETWORK, oneOf("network", network, KnownNames.NETWORKS));
        put(equal, Column.STATE, oneOf("state", state, states()));
        put(equal, Column.NORM, oneOf("norm", norm, KnownNames.NORMS));
        put(equal, Column.TAG, tag == null ? null : Check.name("tag", tag));
        put(equal, Column.RADIUS, radius == null ? null : radius(radius, norm));
        Instant from = time("submittedFrom", submittedFrom);
        Instant before = time("submittedBefore", submittedBefore);
        String order = sort == null ? NEWEST_FIRST : Check.oneOf("sort", sort, List.of(OLDEST_FIRST, NEWEST_FIRST));
        Set<String> wanted = fields == null ? null : wanted(fields);
        PageCursor cursor = PageCursor.of("experiments", equal, from, before, order);
        ExperimentQuery.Page page = views.page(new ExperimentQuery(
                equal,
                from,
                before,
                order.equals(OLDEST_FIRST),
                place.after(text -> cursor.read(text, ExperimentListResource::place)),
                place.limit()));
        return new Page(
                page.experiments().stream()
                        .map(experiment -> document(experiment, wanted))
                        .toList(),
                page.next() == null
                        ? null
                        : cursor.write(List.of(
                                page.next().submittedAt().toString(),
                                page.next().id())));
    }

    private static ExperimentQuery.Place place(List<String> parts) {
        return new ExperimentQuery.Place(instant(parts.get(0)), parts.get(1));
    }

    private static void put(Map<Column, Object> equal, Column column, Object value) {
        if (value != null) {
            equal.put(column, value);
        }
    }

    /** A name that no experiment can have would find nothing, as if none had it. */
    private static String oneOf(String parameter, String value, List<String> known) {
        return value == null ? null : Check.oneOf(parameter, value, known);
    }

    private static List<String> states() {
        return Arrays.stream(ExperimentStatus.State.values()).map(Enum::name).toList();
    }

    private static Set<String> wanted(String fields) {
        Set<String> wanted = Arrays.stream(fields.split(",", -1))
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
            return text == null ? null : instant(text);
        } catch (DateTimeException e) {
            throw ProblemException.badValue(name, text, "a time in UTC, for example " + TIME);
        }
    }

    /** An instant may lie where no date of the database does. */
    private static Instant instant(String text) {
        return Instant.parse(text).atOffset(ZoneOffset.UTC).toInstant();
    }

    /** Java also takes NaN, Infinity, 1d and hexadecimal digits for numbers. */
    private static double radius(String text, String norm) {
        if (!NUMBER.matcher(text).matches()) {
            throw ProblemException.badValue("radius", text, "a number, for example 0.5");
        }
        double radius = Double.parseDouble(text);
        // without a norm, the largest that any has
        AttackSettings.requireRadius("radius", radius, norm == null ? "l2" : norm);
        return radius;
    }
}
