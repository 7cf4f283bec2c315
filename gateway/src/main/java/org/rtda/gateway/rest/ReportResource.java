package org.rtda.gateway.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.report.Lineage;
import org.rtda.gateway.report.Reports;
import org.rtda.gateway.report.SubgroupRow;
import org.rtda.report.Report;
import org.rtda.report.ReportPage;

/** The report of an experiment. */
@Path(ApiPath.V1 + "/experiments")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "experiments")
class ReportResource {

    private final Reports reports;

    ReportResource(Reports reports) {
        this.reports = reports;
    }

    @GET
    @Path("/{id}/report")
    @Produces(MediaType.TEXT_HTML)
    @Operation(
            summary = "The report, one HTML file that needs nothing else",
            description = "A figure that fails a gate carries the gate's flag wherever it stands.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_HTML))
    public Response report(
            @RestPath String id,
            @RestQuery @DefaultValue("true") @Parameter(description = "false leaves the images out: they are patients'")
                    boolean gallery) {
        String html = reports.of(id, gallery)
                .map(ReportPage::render)
                .orElseThrow(() -> ProblemException.unknownExperiment(id));
        return Response.ok(html, MediaType.TEXT_HTML + ";charset=UTF-8")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'")
                .build();
    }

    @GET
    @Path("/{id}/report.json")
    @Operation(
            summary = "What the report shows, as data",
            description = "Section figures holds every figure with its interval, n and flags.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Report.class)))
    public Report reportDocument(
            @RestPath String id,
            @RestQuery @DefaultValue("true") @Parameter(description = "false leaves the images out: they are patients'")
                    boolean gallery) {
        return reports.of(id, gallery).orElseThrow(() -> ProblemException.unknownExperiment(id));
    }

    @GET
    @Path("/{id}/results/subgroups")
    @Operation(
            summary = "The final evaluation's figures by subgroup: clean, attacked and corrupted",
            description = "Empty where the data set names no subgroups. `whole` is the same figure of all images,"
                    + " `difference` the subgroup's less that; `worst` marks the lowest of its kind.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SubgroupRow[].class)))
    @APIResponse(responseCode = "404", description = "no such experiment")
    public SubgroupRow[] subgroups(@RestPath String id) {
        return reports.subgroups(id)
                .orElseThrow(() -> ProblemException.unknownExperiment(id))
                .toArray(SubgroupRow[]::new);
    }

    @GET
    @Path("/{id}/lineage")
    @Operation(
            summary = "Where an experiment's model comes from",
            description =
                    "Experiment, specification, data set, preparation, source files, first and last weights, each pinned by its"
                            + " SHA-256.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Lineage.class)))
    @APIResponse(responseCode = "404", description = "no such experiment")
    public Lineage lineage(
            @RestPath String id,
            @RestQuery @DefaultValue("false") @Parameter(description = "true names every source file") boolean files) {
        return reports.lineage(id, files).orElseThrow(() -> ProblemException.unknownExperiment(id));
    }
}
