package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.card.CardFacts;
import org.rtda.contracts.result.SubgroupRow;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.artifact.Artifact;
import org.rtda.gateway.artifact.ArtifactAnswers;
import org.rtda.gateway.artifact.LargeAnswers;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.report.Lineage;
import org.rtda.gateway.report.Reports;
import org.rtda.report.Report;
import org.rtda.report.ReportPage;

/** The report of an experiment. */
@Path(ApiPath.V1 + "/experiments")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "experiments")
class ReportResource {

    private static final String GALLERY = "false leaves out the images, which show patients";
    private static final String PAGE = MediaType.TEXT_HTML + ";charset=UTF-8";
    /** Two reports that differ in their time alone say the same. */
    private static final Instant ANY_TIME = Instant.EPOCH;

    private static final String APPENDIX =
            "false leaves out the appendix: the configuration and the table of every figure";
    private static final String FACTS = "{\"intendedUse\":\"Second reader in screening\",\"funding\":\"None\"}";

    private final Reports reports;
    private final RequestBodies bodies;
    private final ArtifactAnswers answers;
    private final LargeAnswers largeAnswers;

    ReportResource(Reports reports, RequestBodies bodies, ArtifactAnswers answers, LargeAnswers largeAnswers) {
        this.reports = reports;
        this.bodies = bodies;
        this.answers = answers;
        this.largeAnswers = largeAnswers;
    }

    @GET
    @Path("/{id}/report")
    @Produces(MediaType.TEXT_HTML)
    @Extension(name = ArtifactDescriptions.MARK, value = "true")
    @Operation(
            summary = "The report as one HTML file that needs no other file",
            description = "A figure that fails a gate has the gate's flag everywhere.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_HTML))
    public Response report(
            @RestPath String id,
            @RestQuery @DefaultValue("true") @Parameter(description = GALLERY) boolean gallery,
            @RestQuery @DefaultValue("true") @Parameter(description = APPENDIX) boolean appendix) {
        Artifact page = largeAnswers.make(() -> {
            Report report = report(id, gallery, appendix, CardFacts.NONE);
            return Artifact.made(ReportPage.render(report), ReportPage.render(report.withWrittenAt(ANY_TIME)));
        });
        return page(answers.answer(page, PAGE));
    }

    @POST
    @Path("/{id}/report")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.TEXT_HTML)
    @Operation(
            summary = "The report with a model card that you fill",
            description = "The body is a JSON object of texts by item; `rtda card EXPERIMENT --template` lists the"
                    + " items. The gateway does not keep the texts.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = CardDescription.SCHEMA),
                            examples = @ExampleObject(value = FACTS)))
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_HTML))
    @APIResponse(responseCode = "400", description = "an item is unknown, or its text is too long")
    public Response filledReport(
            @RestPath String id,
            @RestQuery @DefaultValue("true") @Parameter(description = GALLERY) boolean gallery,
            @RestQuery @DefaultValue("true") @Parameter(description = APPENDIX) boolean appendix,
            InputStream body)
            throws IOException {
        CardFacts facts = facts(body);
        String page = largeAnswers.make(() -> ReportPage.render(report(id, gallery, appendix, facts)));
        return page(Response.ok(page, PAGE));
    }

    private Report report(String id, boolean gallery, boolean appendix, CardFacts facts) {
        return reports.of(id, gallery, facts)
                .map(report -> appendix ? report : report.withoutAppendix())
                .orElseThrow(() -> ProblemException.unknownExperiment(id));
    }

    private static Response page(ResponseBuilder answer) {
        return answer.header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'")
                .build();
    }

    @POST
    @Path("/{id}/card")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_XML)
    @Operation(
            summary = "The CHAI applied model card (XML, version 0.2)",
            description = "Made from what is measured and from the texts of the body, which are not kept. Everything"
                    + " else is written as unknown.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = CardDescription.SCHEMA),
                            examples = @ExampleObject(value = FACTS)))
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_XML))
    @APIResponse(responseCode = "400", description = "an item is unknown, or its text is too long")
    @APIResponse(responseCode = "404", description = "no such experiment")
    public String card(@RestPath String id, InputStream body) throws IOException {
        CardFacts facts = facts(body);
        return largeAnswers
                .make(() -> reports.chaiCard(id, facts))
                .orElseThrow(() -> ProblemException.unknownExperiment(id));
    }

    private static String json(Report report) {
        return new String(EventCodec.write(report), StandardCharsets.UTF_8);
    }

    private CardFacts facts(InputStream body) throws IOException {
        return bodies.read(body, CardFacts.class);
    }

    @GET
    @Path("/{id}/report.json")
    @Extension(name = ArtifactDescriptions.MARK, value = "true")
    @Operation(
            summary = "The report as data",
            description = "The section figures has every figure with its interval, n and flags.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Report.class)))
    public Response reportDocument(
            @RestPath String id,
            @RestQuery @DefaultValue("true") @Parameter(description = GALLERY) boolean gallery,
            @RestQuery @DefaultValue("true") @Parameter(description = APPENDIX) boolean appendix) {
        Artifact document = largeAnswers.make(() -> {
            Report report = report(id, gallery, appendix, CardFacts.NONE);
            return Artifact.made(json(report), json(report.withWrittenAt(ANY_TIME)));
        });
        return answers.answer(document, MediaType.APPLICATION_JSON).build();
    }

    @GET
    @Path("/{id}/results/subgroups")
    @Produces({MediaType.APPLICATION_JSON, ResultCsv.MEDIA_TYPE})
    @Extension(name = ArtifactDescriptions.MARK, value = "true")
    @Operation(
            summary = "The final evaluation's figures by subgroup, on clean, attacked and corrupted images and on"
                    + " shifts",
            description = "Empty if the data set has no subgroups. `whole` is the same figure of all images,"
                    + " `difference` is the subgroup's figure minus `whole`, and `worst` marks the lowest figure"
                    + " of its kind.")
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = SubgroupRow[].class)),
                @Content(mediaType = ResultCsv.MEDIA_TYPE)
            })
    @APIResponse(responseCode = "400", description = "unknown format")
    @APIResponse(responseCode = "404", description = "no such experiment")
    public Response subgroups(
            @RestPath String id,
            @RestQuery @Parameter(description = ResultFormat.PARAMETER, schema = @Schema(enumeration = {"json", "csv"}))
                    String format,
            @Context Request request) {
        ResultFormat chosen = ResultFormat.of(format, request);
        List<SubgroupRow> rows = reports.subgroups(id).orElseThrow(() -> ProblemException.unknownExperiment(id));
        return chosen == ResultFormat.CSV
                ? ResultFormat.csv(answers, SubgroupCsv.write(rows), id + "-subgroups.csv")
                : ResultFormat.json(answers, rows);
    }

    @GET
    @Path("/{id}/lineage")
    @Operation(
            summary = "Where an experiment's model comes from",
            description = "Experiment, specification, data set, preparation, source files, first and last weights, each"
                    + " with its SHA-256.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Lineage.class)))
    @APIResponse(responseCode = "404", description = "no such experiment")
    public Lineage lineage(
            @RestPath String id,
            @RestQuery @DefaultValue("false") @Parameter(description = "true lists every source file") boolean files) {
        return reports.lineage(id, files).orElseThrow(() -> ProblemException.unknownExperiment(id));
    }
}
