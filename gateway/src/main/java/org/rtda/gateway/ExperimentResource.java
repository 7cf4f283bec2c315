package org.rtda.gateway;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.ObjectRef;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.report.Report;
import org.rtda.report.ReportPage;
import org.rtda.store.ArtifactStore;

@Path("/api/experiments")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "experiments")
class ExperimentResource {
    private static final Logger LOG = Logger.getLogger(ExperimentResource.class);
    private static final String UNKNOWN = "no such experiment";
    private static final String CSV = "text/csv";
    private static final String EVALUATION =
            "the name of one that was asked for, or any evaluation's id; the final one of the specification when absent";

    private final Experiments experiments;
    private final Views views;
    private final ArtifactStore store;
    private final Reports reports;
    private final GatewayConfig config;
    private final Evaluations evaluations;

    ExperimentResource(
            Experiments experiments,
            Evaluations evaluations,
            Views views,
            ArtifactStore store,
            Reports reports,
            GatewayConfig config) {
        this.experiments = experiments;
        this.evaluations = evaluations;
        this.views = views;
        this.store = store;
        this.reports = reports;
        this.config = config;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Submit an experiment",
            description = "Absent fields take their defaults (GET /api/known). A field that is not known is refused.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ExperimentSpec.class),
                            examples = {
                                @ExampleObject(
                                        name = "RTDA with defaults",
                                        value = "{\"dataset\":\"phantom-mammogram\",\"method\":\"rtda\"}"),
                                @ExampleObject(
                                        name = "Plain training, chosen strength",
                                        value =
                                                "{\"dataset\":\"breastmnist\",\"method\":\"erm\",\"network\":\"resnet8\","
                                                        + "\"epochs\":5,\"seed\":7,\"evaluation\":{\"epsilons\":[0.25,0.5]}}")
                            }))
    @APIResponse(
            responseCode = "201",
            description = "submitted; Location names it",
            content = @Content(examples = @ExampleObject(value = "{\"id\":\"exp-3f9c2a1b0d4e\"}")))
    @APIResponse(
            responseCode = "400",
            description = "a value is not allowed or does not fit the data set",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "the Idempotency-Key was used for another specification",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "413",
            description = "the body is too long",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "the broker or the store is gone",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response submit(
            InputStream body,
            @RestHeader("Idempotency-Key")
                    @Parameter(description = "the same key makes one experiment, however often it comes")
                    String idempotencyKey)
            throws IOException {
        ExperimentSpec draft = StrictJson.read(bytes(body), ExperimentSpec.class);
        Experiments.Submitted submitted = experiments.submit(draft, idempotencyKey);
        LOG.infof(
                "experiment %s: %s (%s on %s, seed %d)",
                submitted.id(),
                submitted.isNew() ? "submitted" : "submitted again with the same key",
                draft.method(),
                draft.dataset(),
                draft.seed());
        return Response.created(URI.create("/api/experiments/" + submitted.id()))
                .entity(Map.of("id", submitted.id()))
                .build();
    }

    private byte[] bytes(InputStream body) throws IOException {
        int longest = config.gateway().maxJsonBytes();
        byte[] json = body.readNBytes(longest + 1);
        if (json.length > longest) {
            throw ProblemException.tooLarge("the body may have at most " + longest + " bytes");
        }
        return json;
    }

    @GET
    @Operation(summary = "All experiments, newest first")
    public List<ExperimentDocument> list() {
        return views.documents();
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "One experiment: its full specification, where it stands, how far it is, how long it will take")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ExperimentDocument.class)))
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ExperimentDocument show(@RestPath String id) {
        return views.document(id).orElseThrow(() -> ProblemException.unknownExperiment(id));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Stop an experiment", description = "What was saved stays. Asking again changes nothing.")
    @APIResponse(responseCode = "202", description = "the trainer will stop; the status then says CANCELLED")
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "it has ended, nothing is left to cancel",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response cancel(@RestPath String id) {
        if (experiments.cancel(id)) {
            LOG.infof("experiment %s: cancel requested", id);
        }
        return Response.accepted(show(id)).build();
    }

    @POST
    @Path("/{id}/evaluations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Have a checkpoint judged beside what the specification asks for",
            description =
                    "Under a suite, or on images made against other experiments' models. Asking again changes nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EvaluationRequest.class),
                            examples = {
                                @ExampleObject(name = "Everything there is", value = "{\"suite\":\"full\"}"),
                                @ExampleObject(
                                        name = "Images made against another model",
                                        value = "{\"transferFrom\":[\"exp-3f9c2a1b0d4e\"],\"name\":\"from-erm\"}")
                            }))
    @APIResponse(
            responseCode = "202",
            description = "asked for; GET /api/experiments/{id}/evaluations says how far it is",
            content = @Content(examples = @ExampleObject(value = "{\"id\":\"exp-3f9c2a1b0d4e/epoch-00020/full\"}")))
    @APIResponse(
            responseCode = "400",
            description = "a value is not allowed, or a source's data set is another",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "no such experiment, or no such checkpoint of it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "it was cancelled, or the name was used for another evaluation",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "the broker or the store is gone",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response evaluate(@RestPath String id, InputStream body) throws IOException {
        Evaluations.Asked asked = evaluations.ask(id, StrictJson.read(bytes(body), EvaluationRequest.class));
        LOG.infof("evaluation %s: %s", asked.evaluationId(), asked.isNew() ? "asked for" : "asked for again");
        return Response.accepted(Map.of("id", asked.evaluationId()))
                .location(URI.create("/api/experiments/" + id + "/evaluations"))
                .build();
    }

    @GET
    @Path("/{id}/evaluations")
    @Operation(
            summary = "All evaluations so far, by epoch: what of, how far, and which gates they pass or fail",
            description = "GET /api/experiments/{id}/results?evaluation=ID has an evaluation's figures.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = EvaluationDocument[].class)))
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public List<EvaluationDocument> evaluations(@RestPath String id) {
        return read(
                id,
                view -> view.evaluations().stream().map(EvaluationDocument::of).toList());
    }

    @GET
    @Path("/{id}/training")
    @Operation(
            summary = "Training metrics by step",
            description = "One per optimiser step; very long runs evenly thinned.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TrainingMetric[].class)))
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public TrainingMetric[] training(@RestPath String id) {
        return read(id, ExperimentView::training).toArray(TrainingMetric[]::new);
    }

    @GET
    @Path("/{id}/robustness")
    @Operation(summary = "All messages of all evaluations so far: planned, measured, failed, gates, completed")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RobustnessMetric[].class)))
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RobustnessMetric[] robustness(@RestPath String id) {
        // an array, not a list: its element type puts the "type" field into each document
        return read(id, ExperimentView::robustness).toArray(RobustnessMetric[]::new);
    }

    @GET
    @Path("/{id}/results")
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(
            summary = "Every figure of an evaluation, with its 95% interval, n, and the gates that it fails",
            description = "Rows come as they are measured; GET /api/experiments/{id} says whether all are there.")
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ResultRow[].class)),
                @Content(mediaType = CSV)
            })
    @APIResponse(
            responseCode = "400",
            description = "unknown format",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response results(
            @RestPath String id,
            @RestQuery
                    @Parameter(
                            schema =
                                    @Schema(
                                            enumeration = {"json", "csv"},
                                            defaultValue = "json"))
                    String format,
            @RestQuery @Parameter(description = EVALUATION) String evaluation) {
        List<String> formats = List.of("json", "csv");
        String wanted = format == null ? "json" : format;
        if (!formats.contains(wanted)) {
            throw ProblemException.badValue("format", format, "one of " + formats);
        }
        List<ResultRow> rows = evaluation == null
                ? read(id, ResultRow::of)
                : read(id, view -> ResultRow.of(view.submit().orElseThrow(), chosen(view, evaluation)));
        if (wanted.equals("json")) {
            return Response.ok(rows.toArray(ResultRow[]::new), MediaType.APPLICATION_JSON)
                    .build();
        }
        return Response.ok(ResultCsv.write(rows), CSV + ";charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + "-results.csv\"")
                .build();
    }

    /** By its id or, shorter, by its name. */
    private static EvaluationView chosen(ExperimentView view, String evaluation) {
        return view.evaluation(evaluation)
                .or(() -> view.evaluationNamed(evaluation))
                .orElseThrow(() -> ProblemException.unknownEvaluation(
                        evaluation,
                        view.evaluations().stream().map(EvaluationView::id).toList()));
    }

    @GET
    @Path("/{id}/predictions")
    @Operation(
            summary =
                    "What the final model said of each image under one condition, its bytes checked against their checksum",
            description =
                    "The images are the same for every model, indices has their places in the split, so that two experiments on the same data"
                            + " set can be compared image by image.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Predictions.class)))
    @APIResponse(
            responseCode = "400",
            description = "condition is missing",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "no such experiment, or the condition is not measured yet, or its predictions were not kept",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "500",
            description = "the stored predictions are missing or are not what was written",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response predictions(
            @RestPath String id,
            @RestQuery
                    @Parameter(
                            required = true,
                            description = "as the results name it: clean, pgd-l2-10@0.5, jpeg@3, shift-other-scanner")
                    String condition,
            @RestQuery @Parameter(description = EVALUATION) String evaluation) {
        List<RobustnessMetric.Measured> measured = read(
                id,
                view -> evaluation == null
                        ? view.finalEvaluation().map(EvaluationView::measured).orElse(List.of())
                        : chosen(view, evaluation).measured());
        List<String> known = measured.stream().map(m -> m.condition().label()).toList();
        if (condition == null) {
            throw ProblemException.badValue("condition", null, "one of " + known);
        }
        ObjectRef kept = measured.stream()
                .filter(m -> m.condition().label().equals(condition))
                .findFirst()
                .orElseThrow(() -> ProblemException.notYet(
                        "experiment " + id + " has no measured condition " + condition + "; measured are " + known))
                .predictions();
        if (kept == null) {
            throw ProblemException.notYet(
                    "the predictions of " + condition + " of experiment " + id + " were not kept");
        }
        return Response.ok(store.get(kept), MediaType.APPLICATION_JSON)
                .header(HttpHeaders.ETAG, '"' + kept.sha256() + '"')
                .build();
    }

    @GET
    @Path("/{id}/report")
    @Produces(MediaType.TEXT_HTML)
    @Operation(
            summary = "The report, one HTML file that needs nothing else",
            description = "A figure that fails a gate carries the gate's flag wherever it stands.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_HTML))
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response report(
            @RestPath String id,
            @RestQuery @DefaultValue("true") @Parameter(description = "false leaves the images out: they are patients'")
                    boolean gallery) {
        String html = reports.of(id, gallery)
                .map(ReportPage::render)
                .orElseThrow(() -> ProblemException.unknownExperiment(id));
        return Response.ok(html, MediaType.TEXT_HTML + ";charset=UTF-8")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
                .build();
    }

    @GET
    @Path("/{id}/report.json")
    @Operation(
            summary = "What the report shows, as data",
            description = "Section figures holds every figure with its interval, n and flags.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Report.class)))
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Report reportDocument(
            @RestPath String id,
            @RestQuery @DefaultValue("true") @Parameter(description = "false leaves the images out: they are patients'")
                    boolean gallery) {
        return reports.of(id, gallery).orElseThrow(() -> ProblemException.unknownExperiment(id));
    }

    @GET
    @Path("/{id}/model")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            summary = "The newest checkpoint's model as ONNX, its bytes checked against their checksum",
            description = "Input images: N x C x H x W in [0,1], float32; output logits: N x classes.")
    @APIResponse(
            responseCode = "200",
            description = "ETag is the SHA-256, X-Epoch the epochs done",
            content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM))
    @APIResponse(
            responseCode = "404",
            description = "no such experiment, or no checkpoint yet",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "500",
            description = "the stored model is missing or is not what was written",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response model(@RestPath String id) {
        CheckpointSaved checkpoint = read(id, ExperimentView::checkpoint)
                .orElseThrow(() -> ProblemException.notYet(
                        "experiment " + id + " has no model yet: none of its checkpoints is saved"));
        return artifact(checkpoint, checkpoint.model(), id + ".onnx");
    }

    @GET
    @Path("/{id}/weights")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            summary = "The newest checkpoint's weights as safetensors, its bytes checked against their checksum",
            description = "float32 tensors by parameter name. POST /api/weights takes the file.")
    @APIResponse(
            responseCode = "200",
            description = "ETag is the SHA-256, X-Epoch the epochs done",
            content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM))
    @APIResponse(
            responseCode = "404",
            description = "no such experiment, or no checkpoint yet",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "500",
            description = "the stored weights are missing or are not what was written",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response weights(@RestPath String id) {
        CheckpointSaved checkpoint = read(id, ExperimentView::checkpoint)
                .orElseThrow(() -> ProblemException.notYet(
                        "experiment " + id + " has no weights yet: none of its checkpoints is saved"));
        return artifact(checkpoint, checkpoint.weights(), id + ".safetensors");
    }

    private Response artifact(CheckpointSaved checkpoint, ObjectRef object, String fileName) {
        // as a stream: an array would be copied whole into the server's memory outside the heap
        return Response.ok(new ByteArrayInputStream(store.get(object)), MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_LENGTH, object.sizeBytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .header(HttpHeaders.ETAG, '"' + object.sha256() + '"')
                .header("X-Epoch", checkpoint.epoch())
                .header("X-Final", checkpoint.last())
                .build();
    }

    private <T> T read(String id, Function<ExperimentView, T> reading) {
        return views.read(id, reading).orElseThrow(() -> ProblemException.unknownExperiment(id));
    }
}
