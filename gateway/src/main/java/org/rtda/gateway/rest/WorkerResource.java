package org.rtda.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.Topic;
import org.rtda.contracts.check.KnownNames;
import org.rtda.gateway.api.ApiPath;
import org.rtda.gateway.database.DeadLetters;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.gateway.view.DeadLetter;
import org.rtda.gateway.work.SeenWorkerGroup;
import org.rtda.gateway.work.WorkerActivity;
import org.rtda.gateway.work.WorkerGroup;
import org.rtda.gateway.work.Workers;

@Path(ApiPath.V1)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "system")
class WorkerResource {
    private static final int LAST_REASONS = 5;
    private static final int DEFAULT_LETTERS = 100;

    private final Workers workers;
    private final WorkerActivity activity;
    private final DeadLetters letters;
    private final Known known = Known.now();

    WorkerResource(Workers workers, WorkerActivity activity, DeadLetters letters) {
        this.workers = workers;
        this.activity = activity;
        this.letters = letters;
    }

    @GET
    @Path("/workers")
    @Operation(
            summary = "The workers of each topic, how many records are not done, and how many could not be processed")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WorkersDocument.class)))
    @APIResponse(responseCode = "503", description = "the broker does not answer")
    public WorkersDocument workers() {
        return new WorkersDocument(
                activity.told(workers.groups()),
                new Letters(
                        letters.count(),
                        letters.newest(LAST_REASONS).stream()
                                .map(DeadLetter::reason)
                                .toList()));
    }

    @GET
    @Path("/workers/{topic}")
    @Operation(
            summary = "The workers of one topic, and how many records are not done, for programs that scale"
                    + " the workers")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WorkerGroup.class)))
    @APIResponse(responseCode = "404", description = "no such topic, or no topic from which workers take work")
    @APIResponse(responseCode = "503", description = "the broker does not answer")
    public WorkerGroup workers(@RestPath String topic) {
        return workers.of(workTopic(topic));
    }

    private static Topic workTopic(String name) {
        List<Topic> work = Arrays.stream(Topic.values()).filter(Topic::isWork).toList();
        return work.stream()
                .filter(topic -> topic.topicName().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.unknownWork(
                        name, work.stream().map(Topic::topicName).toList()));
    }

    @GET
    @Path("/dead-letters")
    @Operation(summary = "Records that could not be processed, newest first, without their content")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DeadLetter[].class)))
    @APIResponse(responseCode = "400", description = "limit is out of range")
    public DeadLetter[] deadLetters(
            @RestQuery
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "" + DeadLetters.MOST,
                                            defaultValue = "" + DEFAULT_LETTERS))
                    String limit) {
        return letters.newest(PageParameters.limit(limit, DEFAULT_LETTERS, DeadLetters.MOST))
                .toArray(DeadLetter[]::new);
    }

    @GET
    @Path("/known")
    @Operation(summary = "The names that a specification may use, and the defaults of an experiment")
    public Known known() {
        return known;
    }

    /**
     * @param workers by topic
     * @param deadLetters how many, and the last reasons
     */
    record WorkersDocument(List<SeenWorkerGroup> workers, Letters deadLetters) {}

    /**
     * @param count records that could not be processed
     * @param lastReasons of the newest ones, newest first
     */
    record Letters(long count, List<String> lastReasons) {}

    /**
     * @param methods training methods
     * @param networks network architectures
     * @param attacks attacks, in training and in evaluations
     * @param corruptions corruptions of images
     * @param suites sets of conditions of an evaluation
     * @param modalities kinds of images
     * @param optimizers optimisers
     * @param schedules courses of the learning rate
     * @param batchNormModes which images of a step batch normalisation measures together
     * @param classWeights how the classes are weighed in the loss
     * @param normalizations first layers of a network: what they do to pixels
     * @param checkpoints which epoch's network can be the result
     * @param defaults an experiment's specification where only its data set is given, before it meets the data set
     */
    record Known(
            List<String> methods,
            List<String> networks,
            List<String> attacks,
            List<String> corruptions,
            List<String> suites,
            List<String> modalities,
            List<String> optimizers,
            List<String> schedules,
            List<String> batchNormModes,
            List<String> classWeights,
            List<String> normalizations,
            List<String> checkpoints,

            @Schema(
                    implementation = Object.class,
                    type = SchemaType.OBJECT,
                    description = "an ExperimentSpec without dataset")
            JsonNode defaults) {
        static Known now() {
            ExperimentSpec spec = ExperimentSpec.builder().dataset("any").build();
            ObjectMapper mapper = EventCodec.mapper();
            ObjectNode defaults = mapper.valueToTree(spec);
            defaults.remove("dataset");
            return new Known(
                    KnownNames.METHODS,
                    KnownNames.NETWORKS,
                    KnownNames.ATTACKS,
                    KnownNames.CORRUPTIONS,
                    KnownNames.SUITES,
                    KnownNames.MODALITIES,
                    KnownNames.OPTIMIZERS,
                    KnownNames.SCHEDULES,
                    KnownNames.BATCH_NORM_MODES,
                    KnownNames.CLASS_WEIGHTS,
                    KnownNames.NORMALIZATIONS,
                    KnownNames.CHECKPOINTS,
                    defaults);
        }
    }
}
