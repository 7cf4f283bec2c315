package org.rtda.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.BatchAnswer;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.contracts.TrainingMetric;

/**
 * The five services with their broker and their store as {@code docker-compose.yml} composes them, driven from outside alone:
 * the gateway's API, the broker's external listener, the docker command. Skipped where no engine answers or an image is not
 * there; it builds none. With TLS and an account for each service ({@code docker-compose.secured.yml}), unless RTDA_E2E_SECURED is "false".
 * One experiment is trained three times: undisturbed by one worker, by workers that come and go, and
 * while parts of the system die. All must be the same, step by step and in every bit of the weights.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposedSystemE2E {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int STEPS_PER_EPOCH = 6;
    private static final int EPOCHS = 7;
    private static final int STEPS = EPOCHS * STEPS_PER_EPOCH;
    private static final int SHARDS = 3;

    /** A shard of four images takes two seconds, far more than the real attack of one step and all that is around it. */
    private static final int DEVICE_MILLIS_PER_IMAGE = 500;

    @TempDir
    static Path folder;

    private static Composition composition;
    private static RequestSpecification gateway;
    private static Subscriber<ExperimentStatus> statuses;
    private static Subscriber<TrainingMetric> metrics;
    private static Subscriber<BatchAnswer> answers;
    private static Subscriber<CheckpointSaved> checkpoints;
    private static Subscriber<RobustnessMetric> robustness;
    private static String undisturbed;

    @BeforeAll
    static void start() {
        composition = new Composition(
                Path.of(System.getProperty("rtda.root")),
                "rtda-e2e",
                !"false".equals(System.getenv("RTDA_E2E_SECURED")));
        composition.obstacle().ifPresent(obstacle -> {
            System.out.println("ComposedSystemE2E is skipped: " + obstacle);
            Assumptions.abort(obstacle);
        });
        composition.down();
        composition.up(1);
        gateway = new RequestSpecBuilder()
                .setBaseUri(composition.gateway())
                .addHeader("Authorization", "Bearer " + Composition.OWNER_TOKEN)
                .build();
        statuses = new Subscriber<>(composition.kafka("gateway"), Topic.EXPERIMENT_STATUS, ExperimentStatus.class);
        metrics = new Subscriber<>(composition.kafka("dashboard"), Topic.TRAINING_METRICS, TrainingMetric.class);
        answers = new Subscriber<>(composition.kafka("trainer-service"), Topic.ADVERSARIAL_BATCHES, BatchAnswer.class);
        checkpoints = new Subscriber<>(composition.kafka("gateway"), Topic.CHECKPOINTS, CheckpointSaved.class);
        robustness = new Subscriber<>(composition.kafka("dashboard"), Topic.ROBUSTNESS_METRICS, RobustnessMetric.class);
    }

    @AfterAll
    static void stop() {
        for (Subscriber<?> subscriber : new Subscriber<?>[] {statuses, metrics, answers, checkpoints, robustness}) {
            if (subscriber != null) {
                subscriber.close();
            }
        }
        if (gateway != null) {
            composition.writeLogs(Path.of("target", "ComposedSystemE2E.log"));
        }
        if (composition.obstacle().isEmpty()) {
            composition.close();
            assertThat(composition.remains()).as("containers and volumes left").isEmpty();
        }
    }

    @Test
    @Order(1)
    void anExperimentIsTrainedJudgedAndFetched() throws Exception {
        new GatewayUser(gateway, PATIENCE).importSmall(folder, 72, 16, 6);

        undisturbed = submit();
        awaitEvaluated(undisturbed);

        assertTrainedOnce(undisturbed);
        assertThat(robustness.events(undisturbed))
                .as("one condition was measured on clean test images")
                .anySatisfy(metric -> assertThat(metric)
                        .isInstanceOfSatisfying(RobustnessMetric.Measured.class, measured -> {
                            assertThat(measured.condition().label()).isEqualTo("clean");
                            assertThat(measured.values().get(0).n()).isEqualTo(6);
                        }))
                .noneMatch(RobustnessMetric.Failed.class::isInstance);
        given(gateway)
                .get("/api/v1/experiments/{id}/report", undisturbed)
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .body(containsString(lastCheckpoint(undisturbed).weights().sha256()));
        given(gateway)
                .get("/api/v1/experiments/{id}/report.json", undisturbed)
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("size()", greaterThan(0));
        byte[] weights = artifact("weights");
        assertThat(sha256(weights))
                .isEqualTo(lastCheckpoint(undisturbed).weights().sha256());
        assertThat(new String(weights, 8, 1, StandardCharsets.UTF_8))
                .as("safetensors: the header's length in 8 bytes, then JSON")
                .isEqualTo("{");
        assertThat(sha256(artifact("model")))
                .isEqualTo(lastCheckpoint(undisturbed).model().sha256());
    }

    /** Whoever gets into a dashboard or behind the gateway's port finds neither broker nor store there. */
    @Test
    @Order(2)
    void eachNetworkLeadsNowhereElse() {
        assertThat(composition.servicesInReachOf("users")).containsExactly("gateway");
        assertThat(composition.servicesInReachOf("listener")).containsExactly("kafka");
        assertThat(composition.servicesInReachOf("broker")).containsExactly("gateway", "kafka");
        assertThat(composition.servicesInReachOf("store")).containsExactly("gateway", "minio");
        assertThat(composition.namelessVolumes()).isEmpty();
    }

    /** Prints how many requests one and three workers answered a second; asserts no time. */
    @Test
    @Order(3)
    void workersThatComeAndGoChangeNothing() {
        composition.simulatedMillisPerImage(DEVICE_MILLIS_PER_IMAGE);
        composition.up(1);
        String id = submit();
        awaitStep(id, STEPS_PER_EPOCH + 2);
        double one = answersASecond(id, 2, STEPS_PER_EPOCH + 2);
        composition.scaleAttackWorkers(3);
        await(id, "three workers answer", () -> workersOfLast(id, SHARDS).size() == 3);
        int joined = lastStep(id) + 1;
        int enough = joined + STEPS_PER_EPOCH;
        awaitStep(id, enough);
        double three = answersASecond(id, joined, enough);
        System.out.println(composition.ps());
        composition.scaleAttackWorkers(1);
        assertThat(lastStep(id)).as("steps done when workers go").isLessThan(STEPS);
        System.out.printf(
                "ComposedSystemE2E: %.3f answers/s of one attack worker (steps 3 to %d), %.3f of three (steps %d to %d):"
                        + " %.2f times%n",
                one, STEPS_PER_EPOCH + 2, three, joined + 1, enough, three / one);
        await(id, "the end", () -> ends(id) == 1);

        assertTrainedOnce(id);
        assertThat(attempts(id)).as("attempts").hasSize(1);
        assertSameAsUndisturbed(id);
        awaitEvaluated(id);
    }

    @Test
    @Order(4)
    void whatDiesWhileTrainingIsReplacedAndNothingIsLostOrDoneTwice() {
        composition.simulatedMillisPerImage(DEVICE_MILLIS_PER_IMAGE);
        composition.up(3);
        composition.up();
        assertThat(composition.containers("attack-service")).hasSize(3);
        String id = submit();
        await(id, "three workers answer", () -> workersOfLast(id, 2 * SHARDS).size() == 3);

        composition.switchOff(composition.containers("attack-service").get(0));
        long since = System.nanoTime();
        awaitMoreSteps(id, 2);
        told("an attack worker switched off", since);
        assertThat(composition.containers("attack-service")).hasSize(2);

        // between two checkpoints
        await(
                id,
                "a step inside an epoch",
                () -> lastStep(id) > STEPS_PER_EPOCH && lastStep(id) % STEPS_PER_EPOCH == 2);
        String trainer = composition.containers("trainer-service").get(0);
        composition.crash(trainer);
        since = System.nanoTime();
        await(id, "another attempt", () -> attempts(id).size() == 2);
        told("the trainer killed", since);
        assertThat(composition.restarts(trainer)).isEqualTo(1);

        for (String service : List.of("kafka", "minio")) {
            composition.restart(service);
            since = System.nanoTime();
            awaitMoreSteps(id, 2);
            told(service + " restarted", since);
        }
        assertThat(ends(id)).as("ended before all was disturbed").isZero();
        await(id, "the end", () -> ends(id) == 1);

        assertTrainedOnce(id);
        assertThat(attempts(id)).as("attempts").hasSize(2);
        assertSameAsUndisturbed(id);
        awaitEvaluated(id);
        given(gateway).get("/api/v1/dead-letters").then().statusCode(200).body("size()", is(0));
    }

    private static String submit() {
        return new GatewayUser(gateway, PATIENCE)
                .submit(Map.of(
                        "epochs",
                        EPOCHS,
                        "batchSize",
                        72 / STEPS_PER_EPOCH,
                        "seed",
                        11,
                        "shards",
                        SHARDS,
                        "lookahead",
                        1,
                        "attack",
                        Map.of("steps", 1),
                        "evaluation",
                        Map.of("everyEpochs", 0, "attackSteps", 2, "epsilons", List.of(0.5))));
    }

    /** Every step once in each attempt, every attempt from the checkpoint before, one end. */
    private static void assertTrainedOnce(String id) {
        long done = 0;
        for (List<Long> steps : attempts(id).values()) {
            long first = steps.get(0);
            assertThat(steps)
                    .as("steps of an attempt")
                    .containsExactlyElementsOf(LongStream.rangeClosed(first, first + steps.size() - 1)
                            .boxed()
                            .toList());
            assertThat(first).as("first step of an attempt").isLessThanOrEqualTo(done + 1);
            assertThat((first - 1) % STEPS_PER_EPOCH)
                    .as("steps after a checkpoint")
                    .isZero();
            done = first + steps.size() - 1;
        }
        assertThat(done).as("last step").isEqualTo(STEPS);
        assertThat(statuses.events(id))
                .filteredOn(status -> status.state().isFinal())
                .extracting(ExperimentStatus::state)
                .containsExactly(State.TRAINED);
        // a trainer that takes over announces the checkpoint that it goes on from again, under the same id
        Map<String, Integer> epochs = checkpoints.events(id).stream()
                .collect(Collectors.toMap(CheckpointSaved::id, CheckpointSaved::epoch, (first, again) -> first));
        assertThat(epochs.values()).as("checkpoints").containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
    }

    private static void assertSameAsUndisturbed(String id) {
        Map<Long, Double> expected = metrics.events(undisturbed).stream()
                .collect(Collectors.toMap(TrainingMetric::step, TrainingMetric::loss));
        assertThat(metrics.events(id)).allSatisfy(metric -> assertThat(metric.loss())
                .as("loss of step " + metric.step())
                .isEqualTo(expected.get(metric.step())));
        Map<Integer, String> expectedWeights = checkpoints.events(undisturbed).stream()
                .collect(Collectors.toMap(
                        CheckpointSaved::epoch, saved -> saved.weights().sha256()));
        assertThat(checkpoints.events(id))
                .allSatisfy(saved -> assertThat(saved.weights().sha256())
                        .as("weights after epoch " + saved.epoch())
                        .isEqualTo(expectedWeights.get(saved.epoch())));
    }

    private static void awaitEvaluated(String id) {
        await(id, "the evaluation's end", () -> robustness.events(id).stream()
                .anyMatch(RobustnessMetric.Completed.class::isInstance));
        Awaitility.await("the gateway has seen the end").atMost(PATIENCE).untilAsserted(() -> given(gateway)
                .get("/api/v1/experiments/{id}", id)
                .then()
                .statusCode(200)
                .body("status.state", equalTo("TRAINED"))
                .body("evaluation.completed", is(true)));
    }

    /** Steps by attempt, both rising, as they came. */
    private static Map<Long, List<Long>> attempts(String id) {
        return metrics.events(id).stream()
                .collect(Collectors.groupingBy(
                        TrainingMetric::attempt,
                        TreeMap::new,
                        Collectors.mapping(TrainingMetric::step, Collectors.toList())));
    }

    private static long ends(String id) {
        return statuses.events(id).stream()
                .filter(status -> status.state().isFinal())
                .count();
    }

    private static int lastStep(String id) {
        List<TrainingMetric> events = metrics.events(id);
        return events.isEmpty() ? 0 : (int) events.get(events.size() - 1).step();
    }

    private static Set<String> workersOfLast(String id, int shards) {
        List<BatchAnswer> events = answers.events(id);
        return events.subList(Math.max(0, events.size() - shards), events.size()).stream()
                .map(BatchAnswer::worker)
                .collect(Collectors.toSet());
    }

    /** Different answers that came after one step's metric and until another's, by the time between the two. */
    private static double answersASecond(String id, int afterStep, int untilStep) {
        long from = cameAt(id, afterStep);
        long until = cameAt(id, untilStep);
        Set<String> different = new HashSet<>();
        int count = 0;
        for (Subscriber.Arrival<BatchAnswer> arrival : answers.arrivals(id)) {
            boolean isNew = different.add(arrival.event().id());
            if (isNew && arrival.nanos() > from && arrival.nanos() <= until) {
                count++;
            }
        }
        return count / ((until - from) / 1e9);
    }

    private static long cameAt(String id, int step) {
        return metrics.arrivals(id).stream()
                .filter(arrival -> arrival.event().step() == step)
                .findFirst()
                .orElseThrow()
                .nanos();
    }

    private static void awaitMoreSteps(String id, int more) {
        int done = metrics.events(id).size();
        await(id, more + " more steps", () -> metrics.events(id).size() >= done + more);
    }

    private static void awaitStep(String id, int step) {
        await(id, "step " + step, () -> lastStep(id) >= step);
    }

    private static void await(String id, String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .failFast(id + " has ended otherwise", () -> {
                    assertThat(statuses.events(id))
                            .noneMatch(status -> status.state() == State.FAILED || status.state() == State.CANCELLED);
                })
                .until(condition);
    }

    private static void told(String what, long since) {
        System.out.printf("ComposedSystemE2E: %s, going on after %.1f s%n", what, (System.nanoTime() - since) / 1e9);
    }

    private static CheckpointSaved lastCheckpoint(String id) {
        return checkpoints.events(id).stream()
                .filter(CheckpointSaved::last)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] artifact(String kind) {
        Response response = given(gateway).get("/api/v1/experiments/{id}/{kind}", undisturbed, kind);
        response.then().statusCode(200).header("X-Epoch", Integer.toString(EPOCHS));
        return response.asByteArray();
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
