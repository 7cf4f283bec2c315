package org.rtda.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.benchmarks.PackagedService;
import org.rtda.cli.dataset.ImportCommand;
import org.rtda.cli.terminal.Terminal;
import org.rtda.messaging.TopicAdmin;
import org.rtda.testkit.LocalStack;
import picocli.CommandLine;

/** From a folder of DICOM files and a table to a judged model, its report by subgroup, its lineage, and the data set's end. */
class OwnImagesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Images of the test split: 24 patients, two images each. */
    private static final int TEST_IMAGES = 48;

    @TempDir
    static Path folder;

    private static final List<PackagedService> services = new ArrayList<>();
    private static RequestSpecification gateway;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        LocalStack stack = LocalStack.shared();
        TopicAdmin.ensure(stack.bootstrapServers(), Duration.ofSeconds(30));
        PackagedService.BackingServices backing = PackagedService.BackingServices.of(stack, "own-images", folder);
        for (String service : List.of("gateway", "trainer-service", "attack-service", "evaluator-service")) {
            services.add(PackagedService.start(service, service + "-own", backing));
        }
        services.forEach(PackagedService::awaitReady);
        gateway = new RequestSpecBuilder().setBaseUri(services.get(0).base()).build();
    }

    @AfterAll
    static void stop() {
        services.forEach(PackagedService::close);
    }

    @Test
    void dicomFilesAndATableBecomeAJudgedModelWithFiguresBySubgroup() throws IOException {
        importStudy();

        String id = given(gateway)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "dataset",
                        "mammo",
                        "method",
                        "erm",
                        "network",
                        "resnet8",
                        "epochs",
                        2,
                        "batchSize",
                        16,
                        "evaluation",
                        Map.of("everyEpochs", 0, "attackSteps", 2, "epsilons", List.of(0.25))))
                .post("/api/v1/experiments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        given(gateway)
                .delete("/api/v1/datasets/mammo?ended=true")
                .then()
                .statusCode(409)
                .body("detail", containsString("have not ended: " + id));
        Awaitility.await("the model is judged").atMost(PATIENCE).untilAsserted(() -> given(gateway)
                .get("/api/v1/experiments/{id}", id)
                .then()
                .statusCode(200)
                .body("status.state", equalTo("TRAINED"))
                .body("evaluation.completed", is(true))
                .body("evaluation.failed", is(0)));

        figuresBySubgroup(id);
        report(id);
        lineage(id);
        given(gateway).delete("/api/v1/datasets/mammo").then().statusCode(409);
        given(gateway).delete("/api/v1/datasets/mammo?ended=true").then().statusCode(204);
        given(gateway).get("/api/v1/datasets/mammo").then().statusCode(404);
    }

    /** As {@code rtda import} does it. */
    private void importStudy() throws IOException {
        Path table = DicomStudy.write(Files.createDirectories(folder.resolve("study")), 32, 8, 24);
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                folder,
                folder.resolve("home"),
                out,
                out,
                false,
                Map.of("RTDA_GATEWAY", services.get(0).base().toString()));
        int status = new CommandLine(new ImportCommand(terminal))
                .execute(
                        "mammo",
                        table.toString(),
                        "--label-column",
                        "pathology",
                        "--side",
                        "16",
                        "--modality",
                        "mammogram",
                        "--healthy",
                        "benign");
        assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
        given(gateway)
                .get("/api/v1/datasets/mammo")
                .then()
                .statusCode(200)
                .body("splits.test.count", is(TEST_IMAGES))
                .body("subgroups.sex.F", is(64))
                .body("subgroups.site.south", is(16))
                .body("preparation.splitting.patients", is(64))
                .body("preparation.splitting.sharedPatients", is(0));
    }

    private static void figuresBySubgroup(String id) {
        given(gateway)
                .get("/api/v1/experiments/{id}/results/subgroups", id)
                .then()
                .statusCode(200)
                .body("images.unique()", equalTo(List.of("clean", "attacked", "corrupted")))
                // 12 patients a sex, half of them malignant, two images each
                .body("find { it.subgroup == 'F' }.classCounts", equalTo(List.of(12, 12)))
                .body("find { it.subgroup == 'F' }.small", is(false))
                .body(
                        "findAll { it.attribute == 'sex' }.every { it.n == 24 && it.low <= it.value && it.value <= it.high"
                                + " && it.whole != null && it.difference != null }",
                        is(true))
                // all of the south are benign
                .body("findAll { it.subgroup == 'south' }.every { it.value == null && it.small }", is(true))
                .body(
                        "findAll { it.subgroup == 'south' }.note",
                        everyItem(equalTo("no images of class malignant in this subgroup")))
                .body("findAll { it.worst && it.metric == 'balanced-accuracy' }.size()", is(3))
                .body("find { it.images == 'corrupted' }.conditions", everyItem(matchesPattern(".*@3")));
    }

    private static void report(String id) {
        given(gateway)
                .get("/api/v1/experiments/{id}/report", id)
                .then()
                .statusCode(200)
                .body(containsString("Clean images: the worst subgroup is "))
                .body(containsString("not defined: no images of class malignant in this subgroup"))
                .body(not(containsString("Invented")))
                .body(not(containsString("PAT1")));
    }

    private static void lineage(String id) {
        given(gateway)
                .get("/api/v1/experiments/{id}/lineage?files=true", id)
                .then()
                .statusCode(200)
                .body("dataset.details.preparation.source", equalTo("table"))
                .body("dataset.details.splits.test.sourceFiles", is(TEST_IMAGES))
                .body("dataset.details.splits.test.files.sha256", everyItem(matchesPattern("[0-9a-f]{64}")))
                .body("result.last", is(true))
                .body("result.model.sha256", matchesPattern("[0-9a-f]{64}"));
    }
}
