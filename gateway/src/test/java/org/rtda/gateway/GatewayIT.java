package org.rtda.gateway;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.Topic;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.core.Tensor;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;
import org.rtda.gateway.view.DeadLetter;
import org.rtda.gateway.view.ViewEvents;
import org.rtda.messaging.Publisher;
import org.rtda.messaging.Work;
import org.rtda.messaging.WorkQueue;
import org.rtda.store.ArtifactStore;
import org.rtda.store.Datasets;
import org.rtda.testkit.LocalStackResource;

@QuarkusTest
@WithTestResource(LocalStackResource.class)
class GatewayIT extends OwnExperiment {
    @TestHTTPResource("/")
    URL gateway;

    @TestHTTPResource(value = "/", management = true)
    URL management;

    @Inject
    ArtifactStore store;

    @TempDir
    Path folder;

    GatewayIT() {
        super("it");
    }

    private String dataset() throws IOException {
        String name = "set-" + UUID.randomUUID().toString().substring(0, 8);
        TestImages.importInto(store, name, folder);
        return name;
    }

    private static ValidatableResponse submit(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/experiments")
                .then();
    }

    private static void refused(ValidatableResponse response, int status, String field, String value, String allowed) {
        response.statusCode(status)
                .contentType(PROBLEM)
                .body("status", equalTo(status))
                .body("title", notNullValue())
                .body("detail", notNullValue())
                .body("field", equalTo(field))
                .body("value", equalTo(value))
                .body("allowed", containsString(allowed));
    }

    // ---- data sets

    @Test
    void aDataSetIsImportedShownAndListed() throws IOException {
        String name = "upload-" + UUID.randomUUID().toString().substring(0, 8);
        given().multiPart("name", name)
                .multiPart("provenance", "made for tests")
                .multiPart("licence", "CC0")
                .multiPart("classes", "benign, malignant")
                .multiPart("modality", "mammogram")
                .multiPart("healthy", "benign")
                .multiPart("file", TestImages.npz(folder.resolve("a.npz"), 0).toFile())
                .multiPart(
                        "shift-other",
                        TestImages.npz(folder.resolve("b.npz"), 50).toFile())
                .post("/api/v1/datasets")
                .then()
                .statusCode(201)
                .header("Location", endsWith("/api/v1/datasets/" + name))
                .body("name", equalTo(name))
                .body("classes", contains("benign", "malignant"))
                .body("modality", equalTo("mammogram"))
                .body("healthyClass", equalTo(0))
                .body("splits.train.count", equalTo(8))
                .body("splits.'shift-other'.count", equalTo(4));

        when().get("/api/v1/datasets/" + name)
                .then()
                .statusCode(200)
                .body("provenance", equalTo("made for tests"))
                .body("licence", equalTo("CC0"))
                .body("splits.keySet()", hasItems("train", "val", "test", "shift-other"));
        when().get("/api/v1/datasets").then().statusCode(200).body("name", hasItem(name));
    }

    @Test
    void aDataSetIsShownInItsVersionsAndPicturesAndIsDeletedOnceNoExperimentNeedsIt() throws IOException {
        String name = dataset();
        TestImages.importInto(store, name, folder, 50);
        String experiment = submit("{\"dataset\":\"" + name + "\",\"network\":\"resnet8\",\"batchSize\":4}")
                .statusCode(201)
                .extract()
                .path("id");
        await().untilAsserted(() ->
                when().get("/api/v1/experiments/" + experiment).then().statusCode(200));

        when().get("/api/v1/datasets/" + name + "/versions")
                .then()
                .statusCode(200)
                .body("latest", contains(true, false))
                .body("experiments[0]", contains(experiment))
                .body("experiments[1]", empty())
                .body("manifest.splits.train.count", contains(8, 8));
        assertThat(when().get("/api/v1/datasets/" + name + "/samples?split=test&perClass=2")
                        .then()
                        .statusCode(200)
                        .contentType("image/png")
                        .extract()
                        .asByteArray())
                .startsWith((byte) 0x89, (byte) 'P', (byte) 'N', (byte) 'G');
        when().get("/api/v1/datasets/" + name + "/samples?split=tset")
                .then()
                .statusCode(400)
                .contentType(PROBLEM);

        when().delete("/api/v1/datasets/" + name)
                .then()
                .statusCode(409)
                .contentType(PROBLEM)
                .body("detail", containsString("not ended: " + experiment));
        when().post("/api/v1/experiments/" + experiment + "/cancel").then().statusCode(202);
        topics.send(Topic.EXPERIMENT_STATUS, new ViewEvents(experiment).status(1, State.CANCELLED, 0));
        await().untilAsserted(() ->
                when().delete("/api/v1/datasets/" + name + "?ended=true").then().statusCode(204));
        when().get("/api/v1/datasets/" + name).then().statusCode(404).contentType(PROBLEM);
        assertThat(store.list(ObjectKeys.dataset(name))).isEmpty();
        when().delete("/api/v1/datasets/" + name).then().statusCode(404);
    }

    @Test
    void whatIsKnownOfTheImagesComesWithThemAndIsKept() throws IOException {
        String name = "prepared-" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, List<ImageRecord>> records = new LinkedHashMap<>();
        Map.of("train", 8, "val", 4, "test", 4)
                .forEach((split, count) -> records.put(
                        split,
                        Collections.nCopies(
                                count,
                                new ImageRecord(
                                        "ab",
                                        "cd",
                                        "ef",
                                        new ImageRecord.Subgroups("north", null, "F", null, null, null)))));
        PreparedImages prepared = new PreparedImages(
                1,
                new Preparation("rtda test", "folder", null, null, new Preparation.Findings(1, 0, 0, 0, 0, 0)),
                records);

        given().multiPart("name", name)
                .multiPart("class", "normal, benign")
                .multiPart("class", "malignant")
                .multiPart("file", TestImages.npz(folder.resolve("a.npz"), 0).toFile())
                .multiPart("prepared", "prepared.json", EventCodec.write(prepared))
                .post("/api/v1/datasets")
                .then()
                .statusCode(201)
                .body("classes", contains("normal, benign", "malignant"))
                .body("preparation.findings.refusedFiles", equalTo(1))
                .body("subgroups.sex.F", equalTo(16));

        DatasetManifest manifest =
                EventCodec.read(store.find(ObjectKeys.manifest(name)).orElseThrow(), DatasetManifest.class);
        assertThat(EventCodec.read(store.get(manifest.images()), PreparedImages.class))
                .isEqualTo(prepared);
    }

    @Test
    void recordsThatAreNoneOrTooFewAreRefused() throws IOException {
        byte[] npz = Files.readAllBytes(TestImages.npz(folder.resolve("a.npz"), 0));
        refused(
                given().multiPart("name", "x")
                        .multiPart("file", "x.npz", npz)
                        .multiPart("prepared", "p.json", "{\"schemaVersion\":1}".getBytes(StandardCharsets.UTF_8))
                        .post("/api/v1/datasets")
                        .then(),
                400,
                "prepared",
                "p.json",
                "preparation must be present");
        refused(
                given().multiPart("name", "x")
                        .multiPart("file", "x.npz", npz)
                        .multiPart("scale", "yes")
                        .post("/api/v1/datasets")
                        .then(),
                400,
                "scale",
                "yes",
                "true or false");
    }

    @Test
    void aPublicDataSetIsKnownByTheUploadsNameAsByTheCommandLine() throws IOException {
        given().multiPart("name", "known-" + UUID.randomUUID().toString().substring(0, 8))
                .multiPart(
                        "file",
                        TestImages.npz(folder.resolve("breastmnist_8.npz"), 0).toFile())
                .post("/api/v1/datasets")
                .then()
                .statusCode(201)
                .body("modality", equalTo("ultrasound"))
                .body("healthyClass", equalTo(1));
    }

    @Test
    void twoClassesOfOneNameAreRefused() throws IOException {
        refused(
                given().multiPart(
                                "name", "twins-" + UUID.randomUUID().toString().substring(0, 8))
                        .multiPart("classes", "ill, ill")
                        .multiPart(
                                "file",
                                TestImages.npz(folder.resolve("a.npz"), 0).toFile())
                        .post("/api/v1/datasets")
                        .then(),
                400,
                "classes",
                "[ill, ill]",
                "labels 0 and 1 are both named ill");
    }

    @Test
    void anUnknownModalityOrHealthyClassIsRefused() throws IOException {
        String name = "meant-" + UUID.randomUUID().toString().substring(0, 8);
        java.io.File npz = TestImages.npz(folder.resolve("a.npz"), 0).toFile();
        refused(
                given().multiPart("name", name)
                        .multiPart("modality", "mri")
                        .multiPart("file", npz)
                        .post("/api/v1/datasets")
                        .then(),
                400,
                "modality",
                "mri",
                "ultrasound");
        refused(
                given().multiPart("name", name)
                        .multiPart("healthy", "well")
                        .multiPart("file", npz)
                        .post("/api/v1/datasets")
                        .then(),
                400,
                "healthy",
                "well",
                "[0, 1]");
        when().get("/api/v1/datasets/" + name).then().statusCode(404);
    }

    @Test
    void aCorruptFileIsRefusedWithTheReasonAndNothingIsHalfImported() throws IOException {
        byte[] npz = Files.readAllBytes(TestImages.npz(folder.resolve("a.npz"), 0));
        String name = "broken-" + UUID.randomUUID().toString().substring(0, 8);
        List<byte[]> broken =
                List.of(new byte[0], "not a zip".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(npz, npz.length / 2));
        for (byte[] content : broken) {
            given().multiPart("name", name)
                    .multiPart("file", "x.npz", content)
                    .post("/api/v1/datasets")
                    .then()
                    .statusCode(400)
                    .contentType(PROBLEM)
                    .body("detail", notNullValue());
        }
        given().multiPart("name", name)
                .multiPart("file", "x.npz", npz)
                .multiPart("shift-bad", "y.npz", broken.get(2))
                .post("/api/v1/datasets")
                .then()
                .statusCode(400);

        assertThat(store.list(ObjectKeys.DATASETS + name)).isEmpty();
        refused(when().get("/api/v1/datasets/" + name).then(), 404, "dataset", name, "one of [");
    }

    @Test
    void aFormThatLacksOrMisnamesAPartIsRefusedByThePart() throws IOException {
        byte[] npz = Files.readAllBytes(TestImages.npz(folder.resolve("a.npz"), 0));
        refused(given().multiPart("name", "x").post("/api/v1/datasets").then(), 400, "file", "null", "NPZ");
        refused(
                given().multiPart("file", "x.npz", npz).post("/api/v1/datasets").then(),
                400,
                "name",
                "null",
                "1 to 63");
        refused(
                given().multiPart("name", "../x")
                        .multiPart("file", "x.npz", npz)
                        .post("/api/v1/datasets")
                        .then(),
                400,
                "name",
                "../x",
                "1 to 63");
        refused(
                given().multiPart("name", "x")
                        .multiPart("file", "x.npz", npz)
                        .multiPart("shfit-a", "y.npz", npz)
                        .post("/api/v1/datasets")
                        .then(),
                400,
                "shfit-a",
                "y.npz",
                "shift-LABEL");
        refused(
                given().multiPart("name", "x")
                        .multiPart("file", "x.npz", npz)
                        .multiPart("file", "y.npz", npz)
                        .post("/api/v1/datasets")
                        .then(),
                400,
                "file",
                "y.npz",
                "given once");
        refused(
                given().multiPart("name", "x")
                        .multiPart("file", "x.npz", npz)
                        .multiPart("modalty", "ultrasound")
                        .post("/api/v1/datasets")
                        .then(),
                400,
                "modalty",
                null,
                "its fields are name, ");
        refused(
                given().multiPart("name", "x")
                        .multiPart("file", "x.npz", npz)
                        .multiPart("healthy", "0")
                        .multiPart("healthy", "1")
                        .post("/api/v1/datasets")
                        .then(),
                400,
                "healthy",
                null,
                "give it once");
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/datasets")
                .then()
                .statusCode(415)
                .contentType(PROBLEM);
    }

    @Test
    void anUploadThatSaysItIsTooLongIsRefusedBeforeItIsSent() throws IOException {
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("POST /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1100000000\r\n"
                                    + "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[4096];
            int length = socket.getInputStream().read(answer);
            assertThat(new String(answer, 0, length, StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 413")
                    .contains(PROBLEM);
        }
    }

    // ---- submission

    @Test
    void anExperimentIsResolvedPublishedAndShownAsQueued() throws IOException {
        String dataset = dataset();
        String id = submit("{\"dataset\":\"" + dataset + "\",\"batchSize\":4}")
                .statusCode(201)
                .header("Location", containsString("/api/v1/experiments/exp-"))
                .extract()
                .path("id");

        when().get("/api/v1/experiments/" + id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("spec.method", equalTo("rtda"))
                .body("spec.attack.epsilon", notNullValue())
                .body("dataset.name", equalTo(dataset))
                .body("status.state", equalTo("QUEUED"))
                .body("status.step", equalTo(0))
                .body("status.reason", nullValue())
                .body("progress.phase", equalTo("QUEUED"))
                .body("progress.secondsLeft", nullValue())
                .body("progress.queue.place", greaterThanOrEqualTo(1))
                .body("evaluation.planned", equalTo(0))
                .body("evaluation.completed", equalTo(false))
                .body("submittedAt", notNullValue())
                .body("cancelRequested", equalTo(false));
        when().get("/api/v1/experiments").then().body("experiments.id", hasItem(id));
        assertThat(commands(id)).singleElement().satisfies(c -> {
            ExperimentCommand.Submit command = (ExperimentCommand.Submit) c;
            assertThat(command.spec().evaluation().epsilons()).hasSize(6);
            assertThat(command.dataset().manifest().key()).contains(dataset);
        });
    }

    @Test
    void aCommandThatArrivesTwiceIsMadeOnce() throws IOException {
        String body = "{\"dataset\":\"" + dataset() + "\",\"batchSize\":4}";
        String key = UUID.randomUUID().toString();
        List<String> ids = List.of(1, 2, 3).stream()
                .map(any -> given().contentType(ContentType.JSON)
                        .header("Idempotency-Key", key)
                        .body(body)
                        .post("/api/v1/experiments")
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id"))
                .distinct()
                .toList();
        assertThat(ids).hasSize(1);
        assertThat(commands(ids.get(0))).hasSize(1);

        given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body.replace("4}", "2}"))
                .post("/api/v1/experiments")
                .then()
                .statusCode(409)
                .contentType(PROBLEM)
                .body("detail", containsString(ids.get(0)));
    }

    /** What the topic holds for an experiment, read from its beginning. */
    private List<ExperimentCommand> commands(String id) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.EXPERIMENTS.topicName()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ExperimentCommand> found = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(100));
                polled.forEach(r -> {
                    if (new String(r.key(), StandardCharsets.UTF_8).equals(id)) {
                        found.add(EventCodec.read(r.value(), ExperimentCommand.class));
                        assertThat(DeadLetter.header(r, Topic.EXPERIMENT_HEADER))
                                .isEqualTo(id);
                    }
                });
            }
            return found;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"method\":\"rdta\"|method|rdta|one of [rtda, erm",
                "\"network\":\"vgg\"|network|vgg|one of [resnet8",
                "\"network\":\"resnet50\"|network|resnet50|one of [resnet8, resnet20] for images of 1 x 8 x 8",
                "\"epochs\":0|epochs|0|in [1, 10000]",
                "\"lambda\":-1|lambda|-1.0|in [0, 1000]",
                "\"batchSize\":64|batchSize|64|at most 8",
                "\"preAugmentation\":{\"cropPadding\":9}|preAugmentation.cropPadding|9|in [0, 7]",
                "\"attack\":{\"name\":\"fgsm\"}|attack.name|fgsm|one of [pgd-l2",
                "\"attack\":{\"epsilon\":\"big\"}|attack.epsilon|\"big\"|a number",
                "\"epocs\":3|epocs|an unknown field|epochs",
                "\"evaluation\":{\"epsilons\":[1,0.5]}|evaluation.epsilons|0.5|greater than 1 and at most 1000"
            })
    void aBadValueIsRefused(String field, String name, String value, String allowed) throws IOException {
        String batch = field.contains("batchSize") ? "" : "\"batchSize\":4,";
        refused(submit("{\"dataset\":\"" + dataset() + "\"," + batch + field + "}"), 400, name, value, allowed);
    }

    @Test
    void anUnknownDataSetInTheBodyNamesTheKnownOnes() throws IOException {
        String known = dataset();
        refused(submit("{\"dataset\":\"nowhere\"}"), 400, "dataset", "nowhere", known);
        refused(submit("{}"), 400, "dataset", "null", "1 to 63");
    }

    @Test
    void aBodyThatIsNotJsonOrTooLongIsRefused() {
        submit("{\"dataset\":").statusCode(400).contentType(PROBLEM).body("detail", containsString("line 1"));
        submit("[]").statusCode(400).contentType(PROBLEM);
        String padding = " ".repeat(300_000);
        submit("{" + padding + "}").statusCode(413).contentType(PROBLEM).body("detail", containsString("262144"));
        given().contentType(ContentType.TEXT)
                .body("x")
                .post("/api/v1/experiments")
                .then()
                .statusCode(415);
    }

    // ---- what is shown

    @Test
    void anUnknownExperimentIsAProblemOnEveryPath() {
        for (String rest : List.of(
                "",
                "/training",
                "/robustness",
                "/evaluations",
                "/results",
                "/predictions",
                "/report",
                "/report.json",
                "/model",
                "/weights")) {
            given().accept("*/*")
                    .get("/api/v1/experiments/exp-none" + rest)
                    .then()
                    .statusCode(404)
                    .contentType(PROBLEM)
                    .body("field", equalTo("experiment"))
                    .body("value", equalTo("exp-none"));
        }
        when().post("/api/v1/experiments/exp-none/cancel")
                .then()
                .statusCode(404)
                .contentType(PROBLEM);
        given().accept("*/*")
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/experiments/exp-none/card")
                .then()
                .statusCode(404)
                .contentType(PROBLEM);
        when().get("/api/v1/metrics/stream?experiment=exp-none")
                .then()
                .statusCode(404)
                .contentType(PROBLEM);
        when().get("/api/v1/nothing").then().statusCode(404).contentType(PROBLEM);
        when().put("/api/v1/experiments").then().statusCode(405).contentType(PROBLEM);
    }

    @Test
    void theCourseOfAnExperimentIsFolded() {
        submitted();
        topics.send(Topic.EXPERIMENT_STATUS, events.status(1, State.RUNNING, 5), events.status(1, State.TRAINED, 100));
        topics.send(Topic.TRAINING_METRICS, events.training(1, 1), events.training(1, 1), events.training(1, 2));
        topics.send(
                Topic.ROBUSTNESS_METRICS,
                events.planned(10, true, ViewEvents.CLEAN, ViewEvents.pgd(0.5), ViewEvents.NOISE),
                events.measured(10, true, ViewEvents.CLEAN, 0.9),
                events.measured(10, true, ViewEvents.CLEAN, 0.9),
                events.failed(10, true, ViewEvents.NOISE, "no <b>model</b>"));
        await().untilAsserted(() -> when().get(path(""))
                .then()
                .body("status.state", equalTo("TRAINED"))
                .body("status.objective", startsWith("CE("))
                .body("evaluation.measured", equalTo(1))
                .body("evaluation.failed", equalTo(1))
                .body("progress.phase", equalTo("EVALUATING"))
                .body("progress.done", equalTo(2))
                .body("progress.total", equalTo(3)));
        await().untilAsserted(() -> when().get(path("/training"))
                .then()
                .body("step", contains(1, 2))
                .body("accuracy.clean[0]", equalTo(0.75f)));
        when().get(path("/robustness")).then().body("type", contains("planned", "measured", "failed"));
        when().get(path("/results"))
                .then()
                .body("condition", contains("clean", "clean", "clean", "clean", "gaussian-noise@3"))
                .body("metric[0]", equalTo("accuracy"))
                .body("value[0]", equalTo(0.9f))
                .body("[3].containsKey('value')", equalTo(true))
                .body("[3].value", nullValue());
        String csv = given().accept("*/*")
                .get(path("/results?format=csv"))
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .extract()
                .asString();
        assertThat(csv.lines().toList())
                .startsWith(
                        "experiment,dataset,method,seed,condition,metric,value,low,high,n,note,evaluation,failed_gates,healthy_class_assumed,constant,constant_answer,subset_images,subset_of,suite,evaluation_name")
                .contains(events.experiment() + ",phantoms,rtda,1,clean,accuracy,0.9,0.8,1.0,80,," + events.experiment()
                        + "/epoch-00010,,,,,,,standard,")
                .hasSize(6);
        refused(given().accept("*/*").get(path("/results?format=xml")).then(), 400, "format", "xml", "csv");
        String report = given().accept("*/*")
                .get(path("/report"))
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .extract()
                .asString();
        assertThat(report)
                .contains("rtda on phantoms", "0.900", "[0.800, 1.000] n 80", "no &lt;b&gt;model&lt;/b&gt;")
                .contains("is not complete: 1 of 3 conditions are measured, 1 failed.")
                .doesNotContain("<b>model", "<script");
        when().get(path("/report.json"))
                .then()
                .statusCode(200)
                .body("schemaVersion", equalTo(1))
                .body("title", equalTo("rtda on phantoms"))
                .body("sections.id", hasItems("headline", "gates", "limits", "model-card", "figures"));
        when().get(path("/report.json?appendix=false")).then().body("sections.id", not(hasItems("figures")));
    }

    @Test
    void theModelCardIsFilledByTheRequestAndNotKept() {
        submitted();
        String facts = "{\"funding\":\"a <b>grant</b>\"}";
        String report = given().accept("*/*")
                .contentType(ContentType.JSON)
                .body(facts)
                .post(path("/report?appendix=false"))
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .extract()
                .asString();
        assertThat(report).contains("a &lt;b&gt;grant&lt;/b&gt;").doesNotContain("id=\"configuration\"");
        String card = given().accept("*/*")
                .contentType(ContentType.JSON)
                .body(facts)
                .post(path("/card"))
                .then()
                .statusCode(200)
                .contentType(startsWith("application/xml"))
                .extract()
                .asString();
        assertThat(card).contains("<FundingSource>a &lt;b&gt;grant&lt;/b&gt;</FundingSource>");
        assertThat(given().accept("*/*").get(path("/report")).asString()).doesNotContain("grant");
        refused(
                given().accept("*/*")
                        .contentType(ContentType.JSON)
                        .body("{\"fundin\":\"x\"}")
                        .post(path("/card"))
                        .then(),
                400,
                "fundin",
                "an unknown item",
                "funding");
    }

    @Test
    void predictionsAreServedByConditionAsTheyWereWritten() {
        submitted();
        byte[] document = EventCodec.write(new Predictions(
                1,
                events.experiment(),
                events.experiment() + "/epoch-00010",
                ViewEvents.CLEAN,
                List.of("benign", "malignant"),
                List.of(0, 1),
                List.of(0, 0),
                List.of(List.of(0.75, 0.25), List.of(0.625, 0.375))));
        String key = ObjectKeys.predictions(events.experiment() + "/epoch-00010", ViewEvents.CLEAN);
        ObjectRef kept = store.put(key, document);
        topics.send(
                Topic.ROBUSTNESS_METRICS,
                events.planned(10, true, ViewEvents.CLEAN, ViewEvents.NOISE),
                events.measured(10, true, ViewEvents.CLEAN, 0.5, kept),
                events.measured(10, true, ViewEvents.NOISE, 0.5));
        await().untilAsserted(() -> when().get(path("")).then().body("evaluation.measured", equalTo(2)));

        byte[] served = when().get(path("/predictions?condition=clean"))
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                // compressed, so the bytes are others
                .header("ETag", "W/\"" + kept.sha256() + '"')
                .body("predicted", contains(0, 0))
                .body("probabilities[1]", contains(0.625f, 0.375f))
                .extract()
                .asByteArray();
        assertThat(served).isEqualTo(document);
        when().get(path("/predictions?condition=gaussian-noise@3"))
                .then()
                .statusCode(404)
                .body("detail", endsWith("were not kept"));
        when().get(path("/predictions?condition=jpeg@3"))
                .then()
                .statusCode(404)
                .body("detail", endsWith("measured are [clean, gaussian-noise@3]"));
        refused(when().get(path("/predictions")).then(), 400, "condition", "null", "one of [clean, gaussian-noise@3]");

        store.put(key, new byte[] {1});
        when().get(path("/predictions?condition=clean"))
                .then()
                .statusCode(500)
                .contentType(PROBLEM)
                .body("detail", containsString("is corrupt"));
    }

    @Test
    void theModelIsDownloadedOnceThereIsOneAndRefusedWhenItIsNotWhatWasWritten() {
        submitted();
        when().get(path("/model"))
                .then()
                .statusCode(404)
                .contentType(PROBLEM)
                .body("detail", containsString("no model yet"));

        byte[] onnx = {8, 9, 10, 0, -1};
        String key = "experiments/" + events.experiment() + "/checkpoints/model.onnx";
        ObjectRef model = store.put(key, onnx);
        topics.send(Topic.CHECKPOINTS, events.checkpoint(1, 10, true, model));
        await().untilAsserted(() -> when().get(path("/model")).then().statusCode(200));
        byte[] downloaded = when().get(path("/model"))
                .then()
                .header("ETag", '"' + model.sha256() + '"')
                .header("X-Epoch", "10")
                .header("Content-Disposition", containsString(events.experiment() + ".onnx"))
                .extract()
                .asByteArray();
        assertThat(downloaded).isEqualTo(onnx);

        store.put(key, new byte[] {1});
        when().get(path("/model"))
                .then()
                .statusCode(500)
                .contentType(PROBLEM)
                .body("detail", containsString("is corrupt"))
                .body("detail", containsString(model.sha256()));
        store.delete(key);
        when().get(path("/model")).then().statusCode(500).body("detail", containsString("missing"));
    }

    @Test
    void theWeightsOfARunAreDownloadedAndBeginAnother() {
        submitted();
        when().get(path("/weights")).then().statusCode(404).contentType(PROBLEM).body("detail", containsString("yet"));

        byte[] file =
                SafeTensors.encode(new Weights(Map.of("a", new Tensor(new long[] {2}, new float[] {1, -2}))), Map.of());
        ObjectRef weights = store.put("experiments/" + events.experiment() + "/checkpoints/weights.safetensors", file);
        topics.send(Topic.CHECKPOINTS, events.checkpoint(1, 10, true, weights, weights));
        await().untilAsserted(() -> when().get(path("/weights")).then().statusCode(200));
        byte[] downloaded = when().get(path("/weights"))
                .then()
                .header("ETag", '"' + weights.sha256() + '"')
                .header("Content-Disposition", containsString(events.experiment() + ".safetensors"))
                .extract()
                .asByteArray();
        assertThat(downloaded).isEqualTo(file);

        given().multiPart("file", "w.safetensors", downloaded)
                .post("/api/v1/weights")
                .then()
                .statusCode(201)
                .body("key", equalTo("weights/" + weights.sha256() + ".safetensors"))
                .body("sha256", equalTo(weights.sha256()))
                .body("sizeBytes", equalTo(file.length));
        assertThat(store.find("weights/" + weights.sha256() + ".safetensors")).hasValue(file);
    }

    @Test
    void weightsThatCannotBeginATrainingAreRefusedWithTheReason() {
        refused(
                given().multiPart("name", "x").post("/api/v1/weights").then(),
                400,
                "name",
                null,
                "it takes files only");
        given().multiPart("file", "w.safetensors", new byte[] {1, 2, 3})
                .post("/api/v1/weights")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString("not a safetensors file of float32 tensors"));
        byte[] broken = SafeTensors.encode(
                new Weights(Map.of("a", new Tensor(new long[] {2}, new float[] {1, Float.NaN}))), Map.of());
        given().multiPart("file", "w.safetensors", broken)
                .post("/api/v1/weights")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString("value 1 of tensor a was NaN"));
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/weights")
                .then()
                .statusCode(415)
                .contentType(PROBLEM);
    }

    @Test
    void cancelIsPublishedOnce() {
        submitted();
        topics.send(Topic.EXPERIMENT_STATUS, events.status(1, State.RUNNING, 5));
        when().post(path("/cancel"))
                .then()
                .statusCode(202)
                .body("cancelRequested", equalTo(true))
                .body("cancelling.run", equalTo("TRAINING"))
                .body("cancelling.evaluations", empty());
        when().post(path("/cancel")).then().statusCode(202);
        assertThat(commands(events.experiment()))
                .filteredOn(ExperimentCommand.Cancel.class::isInstance)
                .hasSize(1);

        topics.send(Topic.EXPERIMENT_STATUS, events.status(1, State.CANCELLED, 6));
        await().untilAsserted(() -> when().get(path("")).then().body("status.state", equalTo("CANCELLED")));
        when().post(path("/cancel"))
                .then()
                .statusCode(409)
                .body("detail", containsString("cancelled after 6 of 100 steps"));
    }

    @Test
    void whatHasFailedCannotBeCancelled() {
        submitted();
        topics.send(Topic.EXPERIMENT_STATUS, events.status(1, State.FAILED, 5));
        await().untilAsserted(() -> when().get(path(""))
                .then()
                .body("status.state", equalTo("FAILED"))
                .body("status.reason", equalTo("object some/key is missing")));
        when().post(path("/cancel")).then().statusCode(409).contentType(PROBLEM);
    }

    // ---- the system

    @Test
    void aRecordThatDoesNotParseGoesToTheDeadLettersAndTheViewGoesOn() {
        submitted();
        String origin =
                topics.send(Topic.TRAINING_METRICS, events.experiment(), "{\"step\":".getBytes(StandardCharsets.UTF_8));
        topics.send(Topic.TRAINING_METRICS, events.training(1, 7));

        await().untilAsserted(() -> when().get(path("/training")).then().body("step", contains(7)));
        await().untilAsserted(() -> when().get(path(""))
                .then()
                .body("deadLetters.size()", equalTo(1))
                .body("deadLetters[0].topic", equalTo("training-metrics"))
                .body("deadLetters[0].reason", containsString("not a valid TrainingMetric")));
        when().get("/api/v1/dead-letters")
                .then()
                .body("experiment", hasItem(events.experiment()))
                .body(
                        "find { it.experiment == '" + events.experiment() + "' }.offset",
                        equalTo(Integer.parseInt(origin.substring(origin.lastIndexOf('/') + 1))));
        when().get("/api/v1/workers")
                .then()
                .body("deadLetters.count", greaterThanOrEqualTo(1))
                .body("deadLetters.lastReasons[0]", containsString("not a valid"));
        refused(when().get("/api/v1/dead-letters?limit=many").then(), 400, "limit", "many", "[1, 1000]");
        refused(when().get("/api/v1/dead-letters?limit=0").then(), 400, "limit", "0", "[1, 1000]");
    }

    @Test
    void workersShowWhoReadsATopicAndHowMuchIsNotDone() {
        String group = "work-" + events.experiment();
        TopicPartition partition = new TopicPartition(Topic.ROBUSTNESS_METRICS.topicName(), 3);
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", group);
        settings.put("enable.auto.commit", "false");
        try (KafkaConsumer<byte[], byte[]> worker =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            worker.assign(List.of(partition));
            worker.commitSync(Map.of(partition, new OffsetAndMetadata(0)));
        }
        when().get("/api/v1/workers")
                .then()
                .statusCode(200)
                .body("workers.group", hasItems(group, "augment-requests-workers", "experiments-workers"))
                .body("workers.group", not(hasItem(startsWith("gateway-view"))))
                .body("workers.find { it.group == '" + group + "' }.topic", equalTo("robustness-metrics"))
                .body("workers.find { it.group == '" + group + "' }.members", equalTo(0))
                .body("workers.find { it.group == '" + group + "' }.lag", greaterThanOrEqualTo(0))
                .body("workers.find { it.group == '" + group + "' }.partitions", equalTo(4));
    }

    /** Nothing else in this class takes or asks for augmented images. */
    @Test
    void workThatIsNotDoneIsShownBeforeDuringAndAfterItsWorkers() {
        byte[] request = {1};
        topics.send(Topic.AUGMENT_REQUESTS, "a", request);
        topics.send(Topic.AUGMENT_REQUESTS, "b", request);
        topics.send(Topic.AUGMENT_REQUESTS, "c", request);
        awaitAugmenters(0, 3);

        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Work firstAtOnceOthersLater = delivery -> {
            if (delivery.received().offset() > 0) {
                mayEnd.await();
            }
            return Work.End.DONE;
        };
        try (Publisher publisher = new Publisher(kafka)) {
            List<WorkQueue> twoOfOneProcess = Stream.generate(() -> augmenter(kafka, firstAtOnceOthersLater, publisher))
                    .limit(2)
                    .toList();
            // one record is done; the other two are worked on, which is not done
            awaitAugmenters(1, 2);
            mayEnd.countDown();
            awaitAugmenters(1, 0);
            twoOfOneProcess.forEach(WorkQueue::close);
        }
        topics.send(Topic.AUGMENT_REQUESTS, "d", request);
        awaitAugmenters(0, 1);
    }

    private static WorkQueue augmenter(Map<String, Object> kafka, Work work, Publisher publisher) {
        return WorkQueue.open(kafka, Topic.AUGMENT_REQUESTS, work, publisher, Duration.ofSeconds(1));
    }

    private static void awaitAugmenters(int members, int lag) {
        await().untilAsserted(() -> when().get("/api/v1/workers/augment-requests")
                .then()
                .statusCode(200)
                .body("group", equalTo("augment-requests-workers"))
                .body("topic", equalTo("augment-requests"))
                .body("members", equalTo(members))
                .body("lag", equalTo(lag))
                .body("partitions", equalTo(1)));
    }

    @Test
    void onlyTopicsOfWorkHaveWorkers() {
        refused(
                when().get("/api/v1/workers/training-metrics").then(),
                404,
                "topic",
                "training-metrics",
                "evaluation-attack-requests");
    }

    @Test
    void anEvaluationThatIsAskedForIsOnItsTopicAndShown() throws IOException {
        submitted();
        evaluate("{}").statusCode(404).contentType(PROBLEM).body("detail", containsString("no checkpoint"));
        topics.send(
                Topic.CHECKPOINTS,
                ViewEvents.madeFrom(
                        new Datasets(store).find(dataset()).orElseThrow(),
                        events.checkpoint(1, 10, true, ViewEvents.OBJECT)));
        await().untilAsserted(() -> evaluate("{\"suite\":\"full\"}")
                .statusCode(202)
                .header("Location", endsWith(path("/evaluations")))
                .body("id", equalTo(events.experiment() + "/epoch-00010/full")));
        evaluate("{\"suite\":\"full\"}").statusCode(202);
        refused(evaluate("{\"suite\":\"fullest\"}"), 400, "suite", "fullest", "standard");
        refused(evaluate("{\"suites\":\"full\"}"), 400, "suites", "an unknown field", "transferFrom");

        topics.send(
                Topic.ROBUSTNESS_METRICS,
                events.named("full", events.measured(10, true, ViewEvents.CLEAN, 0.75)),
                events.measured(10, true, ViewEvents.CLEAN, 0.5),
                events.gate(10, "noise-hurts-less", RobustnessMetric.Gate.Outcome.FAILED, "clean"));
        await().untilAsserted(() -> when().get(path("/evaluations"))
                .then()
                .body("name", contains(null, "full"))
                .body("progress.measured", contains(1, 1))
                .body("gates[0].gate", contains("noise-hurts-less"))
                .body("gates[0].outcome", contains("FAILED")));
        when().get(path("/results"))
                .then()
                .body("value[0]", equalTo(0.5f))
                .body("failedGates[0]", contains("noise-hurts-less"));
        when().get(path("/results?evaluation=full"))
                .then()
                .body("value[0]", equalTo(0.75f))
                .body("evaluation[0]", equalTo(events.experiment() + "/epoch-00010/full"));
        refused(when().get(path("/results?evaluation=half")).then(), 404, "evaluation", "half", "full");
    }

    private ValidatableResponse evaluate(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post(path("/evaluations"))
                .then();
    }

    @Test
    void knownNamesAndDefaultsAreServed() {
        when().get("/api/v1/known")
                .then()
                .statusCode(200)
                .body("methods", hasItems("rtda", "erm"))
                .body("networks", hasItem("resnet20"))
                .body("attacks", hasItem("pgd-l2"))
                .body("corruptions", hasItem("gaussian-noise"))
                .body("suites", hasItems("standard", "full"))
                .body("modalities", hasItem("ultrasound"))
                .body("defaults.lambda", equalTo(12.0f))
                .body("defaults.optimizer.momentum", equalTo(0.9f))
                .body("defaults", not(hasKey("dataset")));
    }

    private URI watched(String path) {
        return URI.create(management.toString()).resolve(path);
    }

    @Test
    void healthMetricsDescriptionAndPagesAreServed() {
        await().untilAsserted(() -> when().get(watched("/q/health/ready"))
                .then()
                .statusCode(200)
                .body("checks.name", hasItems("view", "broker", "store")));
        await().untilAsserted(() -> when().get("/api/v1/read-model")
                .then()
                .statusCode(200)
                .body("complete", equalTo(true))
                .body("partitionsLeft", equalTo(0)));
        when().get(watched("/q/health/live")).then().statusCode(200);
        when().get("/q/health/live").then().statusCode(404);
        when().get("/q/metrics").then().statusCode(404);
        given().accept("*/*")
                .get(watched("/q/metrics"))
                .then()
                .statusCode(200)
                .body(containsString("rtda_dead_letters"))
                .body(containsString("rtda_view_records_total"));
        given().accept(ContentType.JSON)
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.keySet()", hasItems("/api/v1/experiments", "/api/v1/datasets", "/api/v1/metrics/stream"))
                .body(
                        "paths.'/api/v1/experiments'.post.responses.keySet()",
                        hasItems("201", "400", "409", "413", "503"))
                .body(
                        "paths.'/api/v1/experiments'.post.requestBody.content.'application/json'.examples",
                        notNullValue())
                .body(
                        "paths.'/api/v1/experiments/{id}/training'.get.responses.'404'.content.'application/problem+json'.schema.'$ref'",
                        equalTo("#/components/schemas/Problem"))
                .body("components.schemas.Problem.properties.detail", notNullValue())
                .body("components.schemas.ExperimentSpec.properties.attack", notNullValue());
        given().accept("*/*").get("/q/swagger-ui/").then().statusCode(200);
        given().accept("*/*").get("/").then().statusCode(200).contentType(startsWith("text/html"));
    }

    @Test
    void experimentsComeByPagesWithTheFieldsThatAreAskedFor() {
        submitted();
        when().get("/api/v1/experiments?limit=200&fields=status&method=rtda")
                .then()
                .statusCode(200)
                .body("experiments.id", hasItem(events.experiment()))
                .body("experiments[0].status.state", notNullValue())
                .body("experiments[0].spec", nullValue());
        String next = when().get("/api/v1/experiments?limit=1&sort=submittedAt")
                .then()
                .statusCode(200)
                .body("experiments.size()", equalTo(1))
                .body("experiments[0].spec.dataset", notNullValue())
                .extract()
                .path("next");
        if (next != null) {
            when().get("/api/v1/experiments?limit=1&sort=submittedAt&cursor=" + next)
                    .then()
                    .statusCode(200)
                    .body("experiments.size()", equalTo(1));
        }
    }

    @Test
    void aQueryParameterThatAPathDoesNotTakeIsRefused() {
        submitted();
        when().get(path("?verbose=true"))
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("field", equalTo("query parameter"))
                .body("value", equalTo("verbose"))
                .body("allowed", equalTo("absent, since there is none"));
        when().get(path("/results?evaluations=full"))
                .then()
                .statusCode(400)
                .body("allowed", equalTo("one of [format, evaluation]"));
        when().delete("/api/v1/datasets/any?force=true")
                .then()
                .statusCode(400)
                .body("allowed", equalTo("one of [ended]"));
        given().accept("*/*").get("/q/openapi?verbose=true").then().statusCode(200);
    }

    @Test
    void whatAListDoesNotKnowIsRefusedAndNotPassedOver() {
        when().get("/api/v1/experiments?colour=red")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("value", equalTo("colour"))
                .body("allowed", containsString("submittedFrom"));
        when().get("/api/v1/experiments?cursor=abc").then().statusCode(400).body("field", equalTo("cursor"));
        when().get("/api/v1/experiments?norm=L2")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("field", equalTo("norm"))
                .body("allowed", equalTo("one of [l2, linf]"));
        when().get("/api/v1/experiments?limit=201").then().statusCode(400).body("allowed", equalTo("in [1, 200]"));
        when().get("/api/v1/experiments?submittedFrom=yesterday")
                .then()
                .statusCode(400)
                .body("field", equalTo("submittedFrom"));
        // a time that Java can name and a date cannot
        when().get("/api/v1/experiments?submittedFrom=%2B1000000000-01-01T00:00:00Z")
                .then()
                .statusCode(400)
                .body("field", equalTo("submittedFrom"));
    }

    /** The topics keep everything, so what was forgotten comes back. */
    @Test
    void theMessagesDescriptionIsServed() {
        when().get("/asyncapi.yaml")
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .body(startsWith("asyncapi: 3.0.0"), containsString("address: robustness-metrics"));
        when().get("/asyncapi.html")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("id=\"topic-robustness-metrics\""));
    }

    @Test
    void whatIsKnownCanBeBuiltAnewFromTheTopics() {
        submitted();
        when().post("/api/v1/read-model/rebuild").then().statusCode(202);
        await().untilAsserted(
                        () -> when().get(path("")).then().statusCode(200).body("status.state", equalTo("QUEUED")));
    }
}
