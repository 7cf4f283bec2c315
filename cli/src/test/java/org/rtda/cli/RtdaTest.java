package org.rtda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.EventCodec;
import org.rtda.core.ByteImage;
import org.rtda.store.LabelledImages;
import org.rtda.store.npz.NpzWriter;

/** Commands against a gateway of canned answers. */
class RtdaTest {
    private static final String SPEC = "{\"dataset\":\"busi\",\"method\":\"rtda\"}";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> answers = new HashMap<>();

    /** Each given once, before the answer that stays. */
    private final Map<String, Deque<String>> first = new HashMap<>();

    private final List<String> queries = new CopyOnWriteArrayList<>();

    private final Map<String, String> requests = new ConcurrentHashMap<>();

    /** The Authorization header of each request; "none" where it had none. */
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    private HttpServer gateway;

    @BeforeEach
    void startTheGateway() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        gateway.createContext("/", this::answer);
        gateway.start();
    }

    @AfterEach
    void stopTheGateway() {
        gateway.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "down",
                "status",
                "logs",
                "import",
                "datasets",
                "dataset",
                "train",
                "evaluate",
                "benchmark",
                "experiments",
                "evaluations",
                "describe",
                "results",
                "report",
                "card",
                "lineage",
                "model",
                "cancel",
                "phantoms",
                "token"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(text(out)).startsWith("Usage: rtda " + command);
    }

    @Test
    void aDataSetIsShownWithItsSplitsItsSubgroupsItsPatientsAndItsImports() {
        answers.put("GET /api/v1/datasets/busi/versions", """
                200 [{"manifestSha256":"aaaaaaaaaaaabb","latest":true,"experiments":["exp-1","exp-2"],"manifest":{"schemaVersion":1,
                 "name":"busi","channels":1,"height":28,"width":28,"classes":["healthy","tumour"],
                 "splits":{"test":{"count":5,"classCounts":[3,2],"blocks":[]},"train":{"count":9,"classCounts":[5,4],"blocks":[]},
                           "val":{"count":2,"classCounts":[1,1],"blocks":[]}},
                 "sourceSha256":{"train":"111111111111aa","val":"222222222222bb"},"licence":"CC0","importedAt":"2026-11-23T10:00:00Z",
                 "healthyClass":0,"subgroups":{"sex":{"F":12,"M":4}},
                 "preparation":{"software":"rtda 0.1.0","source":"table",
                   "pixels":{"side":28,"channels":1,"fit":"pad","resize":"bilinear"},
                   "splitting":{"by":"given","patients":7,"sharedPatients":2},
                   "findings":{"refusedFiles":1,"exactDuplicates":0,"nearDuplicates":3,"acrossSplits":1,"conflicting":0,"constantImages":0}}}},
                 {"manifestSha256":"ccccccccccccdd","latest":false,"experiments":[],"manifest":{"schemaVersion":1,
                 "name":"busi","channels":1,"height":28,"width":28,"classes":["healthy","tumour"],
                 "splits":{"train":{"count":4,"classCounts":[2,2],"blocks":[]}},"sourceSha256":{"train":"333333333333cc"},
                 "importedAt":"2026-11-22T10:00:00Z"}}]""");

        assertThat(run("dataset", "show", "busi")).isZero();

        assertThat(text(out)).isEqualTo("""
                busi: 1 x 28 x 28 (channels, rows, columns), 8 bits
                modality: not stated
                healthy class: healthy
                provenance: not stated
                licence: CC0
                patients: 7, 2 with images in more than one of train, val and test
                prepared by rtda 0.1.0 from table: side 28, pad, bilinear
                splits: given
                left out: 1 files; duplicates: 0 exact, 3 near, 1 across splits, 0 under two labels; of one grey level: 0

                split  images  healthy  tumour
                -----  ------  -------  ------
                train  9       5        4
                val    2       1        1
                test   5       3        2

                subgroup  images
                --------  ------
                sex F     12
                sex M     4

                import                 imported              images                               source                     used by
                ---------------------  --------------------  -----------------------------------  -------------------------  ------------
                aaaaaaaaaaaa (latest)  2026-11-23T10:00:00Z  1 x 28 x 28, train 9, val 2, test 5  111111111111 222222222222  exp-1, exp-2
                cccccccccccc           2026-11-22T10:00:00Z  1 x 28 x 28, train 4                 333333333333               nobody
                """);
    }

    @Test
    void someImagesOfADataSetAreSaved() throws IOException {
        answers.put("GET /api/v1/datasets/busi/versions", """
                200 [{"manifestSha256":"aaaaaaaaaaaabb","latest":true,"experiments":[],"manifest":{"schemaVersion":1,
                 "name":"busi","channels":1,"height":28,"width":28,"classes":["a","b"],"splits":{},"sourceSha256":{}}}]""");
        answers.put("GET /api/v1/datasets/busi/samples", "200 a picture");
        Path file = folder.resolve("samples.png");

        assertThat(run("dataset", "show", "busi", "--samples", file.toString(), "--split", "test"))
                .isZero();

        assertThat(file).hasContent("a picture");
        assertThat(text(err)).contains("some images of test are in " + file);
    }

    @Test
    void aLineageGoesFromTheExperimentDownToTheFilesAndTheWeights() {
        answers.put("GET /api/v1/experiments/exp-1/lineage", """
                200 {"experiment":"exp-1","submittedAt":"2026-11-23T10:00:00Z","specification":{"dataset":"busi","seed":7},
                 "dataset":{"name":"busi","manifest":{"key":"k","sha256":"aa","sizeBytes":12},"missing":null,
                  "details":{"importedAt":"2026-11-22T10:00:00Z","provenance":"","licence":"CC0","preparation":{"source":"table"},
                   "splits":{"test":{"images":2,"sourceFiles":2,"sourceSha256":"bb","files":[{"sha256":"cc","file":"dd"},{"sha256":"ee","file":"ff"}]},
                             "train":{"images":4,"sourceFiles":null,"sourceSha256":"11","files":null}}}},
                 "initialWeights":null,
                 "result":{"epoch":3,"step":12,"attempt":1,"last":true,"selectedEpoch":2,"savedAt":"2026-11-23T11:00:00Z",
                  "weights":{"key":"k","sha256":"22","sizeBytes":34},"model":{"key":"k","sha256":"33","sizeBytes":56}}}""");

        assertThat(run("lineage", "exp-1", "--files")).isZero();

        assertThat(text(out)).isEqualTo("""
                experiment: exp-1, submitted 2026-11-23T10:00:00Z
                specification: {"dataset":"busi","seed":7}
                data set: busi, manifest SHA-256 aa, 12 bytes
                  imported: 2026-11-22T10:00:00Z
                  provenance: not stated
                  licence: CC0
                  preparation: {"source":"table"}
                  test: 2 images of 2 files, digest of their checksums bb
                    cc  dd
                    ee  ff
                  train: 4 images of an array file, SHA-256 11
                initial weights: drawn from the seed 7
                result: final, epoch 3, step 12, attempt 1, of the best epoch 2, saved 2026-11-23T11:00:00Z
                  weights: SHA-256 22, 34 bytes
                  ONNX model: SHA-256 33, 56 bytes
                """);
    }

    @Test
    void aReportIsSavedWithoutItsAppendixOnRequest() throws IOException {
        answers.put("GET /api/v1/experiments/exp-1/report", "200 <html>");
        Path file = folder.resolve("report.html");

        assertThat(run("report", "exp-1", "--no-appendix", "--out", file.toString()))
                .isZero();

        assertThat(file).hasContent("<html>");
        assertThat(text(out)).isEqualTo(file + ", 6 bytes\n");
    }

    @Test
    void aCardIsFilledFromAFileAndSavedBesideTheReport() throws IOException {
        answers.put("POST /api/v1/experiments/exp-1/report", "200 <html>");
        answers.put("POST /api/v1/experiments/exp-1/card", "200 <card/>");
        Path facts = Files.writeString(folder.resolve("FACTS.yaml"), "funding: a grant\nconsent:\n");

        assertThat(run("card", "exp-1", "--facts", facts.toString(), "--out", folder.toString()))
                .isZero();

        assertThat(folder.resolve("exp-1-report.html")).hasContent("<html>");
        assertThat(folder.resolve("exp-1-card.xml")).hasContent("<card/>");
        assertThat(requests.get("POST /api/v1/experiments/exp-1/card")).isEqualTo("{\"funding\":\"a grant\"}");
    }

    @Test
    void aTemplateNamesEveryItemAndDoesNotReplaceAFile() throws IOException {
        Path facts = folder.resolve("FACTS.yaml");

        assertThat(run("card", "exp-1", "--template", "--facts", facts.toString()))
                .isZero();
        assertThat(facts).content().contains("# Funding. Who paid. (TRIPOD+AI 18a)\nfunding:\n");
        assertThat(run("card", "exp-1", "--template", "--facts", facts.toString()))
                .isEqualTo(1);
        assertThat(text(err)).contains(facts + " is there already");
    }

    @Test
    void aDataSetIsDeletedUnlessTheGatewayRefuses() {
        answers.put("DELETE /api/v1/datasets/busi", "204 ");
        answers.put(
                "DELETE /api/v1/datasets/used",
                "409 {\"title\":\"Conflict\",\"status\":409,\"detail\":\"data set used is needed by exp-1\"}");

        assertThat(run("dataset", "delete", "busi")).isZero();
        assertThat(text(out)).isEqualTo("removed data set busi\n");
        assertThat(run("dataset", "delete", "used")).isEqualTo(1);
        assertThat(text(err)).contains("data set used is needed by exp-1");
    }

    @Test
    void whatIsForgottenIsNamedAndSoIsWhatIsNotReached() {
        answers.put(
                "GET /api/v1/datasets/busi/versions",
                "200 [{\"latest\":true,\"experiments\":[\"exp-2\"]},{\"latest\":false,\"experiments\":[\"exp-1\"]}]");
        answers.put("DELETE /api/v1/datasets/busi", "204 ");
        answers.put("GET /api/v1/datasets", "200 []");

        assertThat(run("forget", "busi")).isZero();

        assertThat(text(out))
                .startsWith("removed data set busi\n"
                        + "removed predictions, galleries and batches of: exp-1, exp-2\n"
                        + "Not reached:\n"
                        + "- models and weights")
                .contains("25 hours", "downloaded");
    }

    /** Its images are there, and no manifest that names an experiment. */
    @Test
    void whatAnImportLeftThatBrokeOffIsForgotten() {
        answers.put("GET /api/v1/datasets/half/versions", "404 {\"title\":\"Not Found\",\"status\":404}");
        answers.put("DELETE /api/v1/datasets/half", "204 ");
        answers.put("GET /api/v1/datasets", "200 []");

        assertThat(run("forget", "half")).isZero();
        assertThat(text(out)).startsWith("removed data set half\nNot reached:\n");
    }

    @Test
    void nothingIsForgottenWhileAnExperimentGoesOn() {
        answers.put("GET /api/v1/datasets/used/versions", "200 [{\"latest\":true,\"experiments\":[\"exp-1\"]}]");
        answers.put(
                "DELETE /api/v1/datasets/used",
                "409 {\"title\":\"Conflict\",\"status\":409,\"detail\":\"data set used is needed by exp-1\"}");

        assertThat(run("forget", "used")).isEqualTo(1);
        assertThat(text(err)).contains("data set used is needed by exp-1");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void trainSendsWhatWasGivenAndPrintsTheId() throws IOException {
        answers.put("POST /api/v1/experiments", "201 {\"id\":\"exp-1\"}");

        assertThat(run(
                        "train",
                        "--dataset",
                        "busi",
                        "--method",
                        "erm",
                        "--epochs",
                        "3",
                        "--batch",
                        "32",
                        "--epsilon",
                        "0.5",
                        "--step-size",
                        "51/255",
                        "--eval-epsilons",
                        "0.25,0.5",
                        "--lookahead",
                        "2",
                        "--suite",
                        "full",
                        "--wanted-sensitivity",
                        "0.95"))
                .isZero();

        assertThat(text(out)).isEqualTo("exp-1\n");
        assertThat(EventCodec.mapper().readTree(requests.get("POST /api/v1/experiments")))
                .isEqualTo(EventCodec.mapper().readTree("""
                        {"dataset":"busi","method":"erm","epochs":3,"batchSize":32,"lookahead":2,
                         "attack":{"epsilon":0.5,"stepSize":0.2},
                         "evaluation":{"epsilons":[0.25,0.5],"suite":"full","wantedSensitivity":0.95}}"""));
    }

    @Test
    void trainBringsTheWeightsItIsToBeginWith() throws IOException {
        answers.put(
                "POST /api/v1/weights", "201 {\"key\":\"weights/ab.safetensors\",\"sha256\":\"ab\",\"sizeBytes\":5}");
        answers.put("POST /api/v1/experiments", "201 {\"id\":\"exp-1\"}");
        Path file = Files.writeString(folder.resolve("w.safetensors"), "bytes");

        assertThat(run("train", "--dataset", "busi", "--initial-weights", file.toString()))
                .isZero();

        assertThat(requests.get("POST /api/v1/weights")).contains("name=\"file\"; filename=\"w.safetensors\"", "bytes");
        assertThat(EventCodec.mapper().readTree(requests.get("POST /api/v1/experiments")))
                .isEqualTo(EventCodec.mapper().readTree("""
                        {"dataset":"busi",
                         "initialWeights":{"key":"weights/ab.safetensors","sha256":"ab","sizeBytes":5}}"""));
    }

    @Test
    void trainWithoutTheFileItIsToBeginWithSubmitsNothing() {
        assertThat(run(
                        "train",
                        "--dataset",
                        "busi",
                        "--initial-weights",
                        folder.resolve("none").toString()))
                .isNotZero();
        assertThat(text(err)).contains("there is no file");
        assertThat(requests).isEmpty();
    }

    @Test
    void theWeightsOfARunAreSaved() throws IOException {
        answers.put("GET /api/v1/experiments/exp-1/weights", "200 safetensors");
        Path file = folder.resolve("w.safetensors");

        assertThat(run("model", "exp-1", "--weights", "--out", file.toString())).isZero();

        assertThat(file).hasContent("safetensors");
    }

    @Test
    void aSpecificationFileIsTheBeginning() throws IOException {
        Path spec = Files.writeString(
                folder.resolve("spec.json"), "{\"dataset\":\"busi\",\"attack\":{\"name\":\"pgd-linf\"},\"epochs\":9}");
        answers.put("POST /api/v1/experiments", "201 {\"id\":\"exp-1\"}");

        assertThat(run("train", "--spec", spec.toString(), "--epochs", "2", "--attack-steps", "3"))
                .isZero();

        assertThat(EventCodec.mapper().readTree(requests.get("POST /api/v1/experiments")))
                .isEqualTo(EventCodec.mapper()
                        .readTree(
                                "{\"dataset\":\"busi\",\"attack\":{\"name\":\"pgd-linf\",\"steps\":3},\"epochs\":2}"));
    }

    @Test
    void aRefusalIsShownInTheGatewaysWords() {
        answers.put(
                "POST /api/v1/experiments",
                "400 {\"title\":\"Bad Request\",\"detail\":\"dataset must be one of [busi], was nope\"}");

        assertThat(run("train", "--dataset", "nope")).isEqualTo(1);

        assertThat(text(err)).isEqualTo("rtda: dataset must be one of [busi], was nope\n");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void followEndsWithTheTable() {
        answers.put("POST /api/v1/experiments", "201 {\"id\":\"exp-1\"}");
        answers.put("GET /api/v1/experiments/exp-1", "200 " + experiment("TRAINED", null, true));
        answers.put("GET /api/v1/experiments/exp-1/results", """
                200 [{"experiment":"exp-1","dataset":"busi","method":"rtda","seed":1,"condition":"clean",
                "conditionDetails":{"kind":"CLEAN","split":"test"},
                "metric":"balanced-accuracy","value":0.9,"low":0.8,"high":0.95,"n":156}]""");

        assertThat(run("train", "--dataset", "busi", "--follow")).isZero();

        assertThat(text(out)).startsWith("exp-1\n").contains("0.900 [0.800, 0.950]");
        assertThat(text(err)).contains("rtda exp-1: trained (10 steps on cpu) and evaluated (3 conditions)");
    }

    @Test
    void followSaysThePlaceInTheQueueTheStepAndTheTimeLeft() {
        answers.put("POST /api/v1/experiments", "201 {\"id\":\"exp-1\"}");
        first.put(
                "GET /api/v1/experiments/exp-1",
                new ArrayDeque<>(List.of(
                        "200 " + inProgress("exp-1", "QUEUED", "QUEUED", 0, 0, null, "{\"place\":2,\"waiting\":5}"),
                        "200 " + inProgress("exp-1", "RUNNING", "TRAINING", 12, 48, 160, "null"))));
        answers.put("GET /api/v1/experiments/exp-1", "200 " + experiment("TRAINED", null, true));
        answers.put("GET /api/v1/experiments/exp-1/results", """
                200 [{"experiment":"exp-1","dataset":"busi","method":"rtda","seed":1,"condition":"clean",
                "conditionDetails":{"kind":"CLEAN","split":"test"},
                "metric":"balanced-accuracy","value":0.9,"low":0.8,"high":0.95,"n":156}]""");

        assertThat(run("train", "--dataset", "busi", "--follow")).isZero();

        assertThat(text(err))
                .startsWith("rtda exp-1: queued, place 2 of 5\n"
                        + "rtda exp-1: training [#####...............]  25%  step 12 of 48, about 3 min left\n"
                        + "rtda exp-1: trained");
    }

    @Test
    void experimentsAreListedWithWhatGoesOnAndHowLongItTakes() {
        answers.put(
                "GET /api/v1/experiments",
                "200 {\"experiments\":["
                        + String.join(
                                ",",
                                inProgress("exp-4", "QUEUED", "QUEUED", 0, 0, null, "{\"place\":1,\"waiting\":1}"),
                                inProgress("exp-3", "RUNNING", "TRAINING", 1, 48, null, "null"),
                                inProgress("exp-2", "RUNNING", "EVALUATING", 4, 9, null, "null"),
                                experiment("CANCELLED", null, false))
                        + "],\"next\":null}");

        assertThat(run("experiments")).isZero();

        assertThat(text(out).lines().map(line -> line.replaceAll("^(\\S+).* {2,}(\\S+) {2,}(.*)$", "$1 $2: $3")))
                .contains(
                        "exp-4 queued: queued, place 1 of 1",
                        "exp-3 running: step 1 of 48",
                        "exp-2 running: 4 of 9 conditions evaluated",
                        "exp-1 cancelled: step 10 of 10");
    }

    @Test
    void experimentsAreListedToTheLastPage() {
        first.put(
                "GET /api/v1/experiments",
                new ArrayDeque<>(List.of(
                        "200 {\"experiments\":[" + experiment("RUNNING", null, false) + "],\"next\":\"a+b\"}")));
        answers.put(
                "GET /api/v1/experiments",
                "200 {\"experiments\":[" + experiment("TRAINED", null, false) + "],\"next\":null}");

        assertThat(run("experiments")).isZero();

        assertThat(text(out)).contains("step 10 of 10\n", "3 of 3 conditions evaluated\n");
        assertThat(queries).containsExactly("limit=200", "limit=200&cursor=a%2Bb");
    }

    /** A gateway of an earlier build says where an experiment stands, and nothing of its progress. */
    @Test
    void withoutProgressTheStatusSaysWhatItCan() {
        answers.put(
                "GET /api/v1/experiments",
                "200 {\"experiments\":[" + experiment("RUNNING", null, false) + "," + experiment("TRAINED", null, false)
                        + "]}");

        assertThat(run("experiments")).isZero();

        assertThat(text(out)).contains("step 10 of 10\n", "3 of 3 conditions evaluated\n");
    }

    @Test
    void followFailsWithTheExperiment() {
        answers.put("POST /api/v1/experiments", "201 {\"id\":\"exp-1\"}");
        answers.put("GET /api/v1/experiments/exp-1", "200 " + experiment("FAILED", "object gone: weights-3", false));

        assertThat(run("train", "--dataset", "busi", "--follow")).isEqualTo(1);

        assertThat(text(err)).endsWith("rtda: experiment exp-1 failed: object gone: weights-3\n");
    }

    @Test
    void resultsAsJsonKeepStandardOutputForTheRows() throws IOException {
        answers.put("GET /api/v1/experiments/exp-1/results", """
                200 [{"experiment":"exp-1","dataset":"busi","method":"rtda","seed":1,"condition":"clean",
                "conditionDetails":{"kind":"CLEAN","split":"test"},
                "metric":"auroc","value":null,"low":null,"high":null,"n":156,"note":"one class"}]""");

        assertThat(run("results", "exp-1", "--json", "-")).isZero();

        assertThat(EventCodec.mapper().readTree(text(out)).get(0).get("note").asText())
                .isEqualTo("one class");
        assertThat(EventCodec.mapper().readTree(text(out)).get(0).has("value"))
                .as("an undefined figure is there, without a value")
                .isTrue();
    }

    @Test
    void csvOfSeveralExperimentsHasOneHeader() throws IOException {
        answers.put("GET /api/v1/experiments/exp-1/results/subgroups", "200 experiment,value\r\nexp-1,0.5\r\n");
        answers.put("GET /api/v1/experiments/exp-2/results/subgroups", "200 experiment,value\r\nexp-2,0.75\r\n");
        answers.put("GET /api/v1/experiments/exp-1/results", "200 experiment,value\r\nexp-1,0.25\r\n");
        Path file = folder.resolve("figures.csv");

        assertThat(run("results", "exp-1", "exp-2", "--subgroups", "--csv", "-"))
                .isZero();
        assertThat(run("results", "exp-1", "--csv", file.toString())).isZero();

        assertThat(text(out)).isEqualTo("experiment,value\r\nexp-1,0.5\r\nexp-2,0.75\r\n");
        assertThat(file).hasContent("experiment,value\r\nexp-1,0.25\r\n");
        assertThat(queries).containsExactly("format=csv", "format=csv", "format=csv");
    }

    @Test
    void figuresThatFailAGateAreFlaggedAndTheGatesAreListed() {
        answers.put("GET /api/v1/experiments/exp-1/results", FLAGGED);
        answers.put("GET /api/v1/experiments/exp-1/evaluations", EVALUATIONS);

        assertThat(run("results", "exp-1")).isZero();

        assertThat(text(out))
                .contains("pgd-l2-10@0.5      0.800 [0.700, 0.900] !")
                .contains("! fails a gate, so it does not stand: noise-hurts-less\n")
                .contains("noise-hurts-less      FAILED   exp-1/epoch-00010/full  accuracy 0.70 with noise, 0.80 under"
                        + " attack\n"
                        + "forward-passes-agree  passed   exp-1/epoch-00010/full  five agree")
                .doesNotContain("another evaluation");
    }

    @Test
    void anUnknownMetricIsRefusedWithTheKnownOnes() {
        answers.put("GET /api/v1/experiments/exp-1/results", """
                200 [{"experiment":"exp-1","dataset":"busi","method":"rtda","seed":1,"condition":"clean",
                "conditionDetails":{"kind":"CLEAN","split":"test"},
                "metric":"accuracy of benign","value":0.9,"low":0.8,"high":0.95,"n":156},
                {"experiment":"exp-1","dataset":"busi","method":"rtda","seed":1,"condition":"probe-gradients",
                "conditionDetails":{"kind":"PROBE","split":"test","probe":"gradients"},
                "metric":"gradient-present","value":1,"low":1,"high":1,"n":156}]""");

        assertThat(run("results", "exp-1", "--metric", "acuracy")).isEqualTo(1);

        assertThat(text(out)).isEmpty();
        assertThat(text(err))
                .contains("--metric must be one of [")
                .contains("accuracy of benign")
                .contains("balanced-accuracy")
                .contains("acuracy")
                .doesNotContain("gradient-present");
    }

    @Test
    void anUnknownMetricOfSubgroupsIsRefusedWithTheKnownOnes() {
        answers.put("GET /api/v1/experiments/exp-1/results", FLAGGED);
        answers.put("GET /api/v1/experiments/exp-1/results/subgroups", """
            200 [{"experiment":"exp-1","attribute":"sex","subgroup":"F","classCounts":[3,2],"small":false,"images":"clean",
            "conditions":["clean"],"metric":"balanced-accuracy","value":0.75,"low":0.5,"high":0.9,"n":5,"whole":0.8,
            "worst":true,"failedGates":[],"split":"test"}]\
            """);

        assertThat(run("results", "exp-1", "--subgroups", "--metric", "balanced-acuracy"))
                .isEqualTo(1);

        assertThat(text(out)).isEmpty();
        assertThat(text(err)).contains("--metric must be one of [", "balanced-accuracy", "was balanced-acuracy");

        assertThat(run("results", "exp-1", "--subgroups", "--metric", "balanced-accuracy"))
                .isZero();
        assertThat(text(out)).contains("sex F");
    }

    @Test
    void anEvaluationThatIsNotFinishedSaysHowFarItIs() {
        answers.put(
                "GET /api/v1/experiments/exp-1/results",
                FLAGGED.replace("exp-1/epoch-00010/full", "exp-1/epoch-00010"));
        answers.put("GET /api/v1/experiments/exp-1/evaluations", EVALUATIONS);

        assertThat(run("results", "exp-1")).isZero();

        assertThat(text(err)).isEqualTo("evaluation exp-1/epoch-00010 is not finished: 1 of 9 conditions are there\n");
    }

    @Test
    void anEvaluationIsAskedForAndNamed() throws IOException {
        answers.put("POST /api/v1/experiments/exp-1/evaluations", "202 {\"id\":\"exp-1/epoch-00003/mine\"}");

        assertThat(run("evaluate", "exp-1", "--transfer-from", "exp-2,exp-3", "--epoch", "3", "--name", "mine"))
                .isZero();

        assertThat(text(out)).isEqualTo("exp-1/epoch-00003/mine\n");
        assertThat(text(err)).isEqualTo("its figures: rtda results exp-1 --evaluation mine\n");
        assertThat(EventCodec.mapper().readTree(requests.get("POST /api/v1/experiments/exp-1/evaluations")))
                .isEqualTo(EventCodec.mapper()
                        .readTree("{\"transferFrom\":[\"exp-2\",\"exp-3\"],\"epoch\":3,\"name\":\"mine\"}"));
    }

    @Test
    void anEvaluationThatIsWaitedForEndsWithItsFiguresAndGates() {
        answers.put("POST /api/v1/experiments/exp-1/evaluations", "202 {\"id\":\"exp-1/epoch-00010/full\"}");
        answers.put("GET /api/v1/experiments/exp-1/evaluations", EVALUATIONS);
        answers.put("GET /api/v1/experiments/exp-1/results", FLAGGED);

        assertThat(run("evaluate", "exp-1", "--suite", "full", "--wait")).isZero();

        assertThat(text(err)).contains("exp-1/epoch-00010/full: 8 conditions measured, 1 could not be");
        assertThat(text(out)).contains("0.800 [0.700, 0.900] !").contains("five agree");
        assertThat(requests).containsEntry("GET /api/v1/experiments/exp-1/results", "");
    }

    private static final String FLAGGED = """
            200 [{"experiment":"exp-1","dataset":"busi","method":"rtda","seed":1,"condition":"pgd-l2-10@0.5",
                "conditionDetails":{"kind":"ATTACK","split":"test","attack":{"name":"pgd-l2","norm":"l2","epsilon":0.5,"steps":10}},
            "metric":"balanced-accuracy","value":0.8,"low":0.7,"high":0.9,"n":156,"evaluation":"exp-1/epoch-00010/full",
            "failedGates":["noise-hurts-less"]}]""";

    private static final String EVALUATIONS = """
            200 [{"id":"exp-1/epoch-00010","name":null,"epoch":10,"last":true,"suite":"standard",
            "progress":{"planned":9,"measured":1,"failed":0,"completed":false},
            "gates":[{"gate":"gradients-are-there","outcome":"PASSED","concerns":[],"finding":"another evaluation"}]},
            {"id":"exp-1/epoch-00010/full","name":"full","epoch":10,"last":true,"suite":"full",
            "progress":{"planned":9,"measured":8,"failed":1,"completed":true},
            "gates":[{"gate":"forward-passes-agree","outcome":"PASSED","concerns":[],"finding":"five agree"},
            {"gate":"noise-hurts-less","outcome":"FAILED","concerns":["pgd-l2-10@0.5"],
            "finding":"accuracy 0.70 with noise, 0.80 under attack"}]}]""";

    @Test
    void resultsThatAreNotThereYetAreSaid() {
        answers.put("GET /api/v1/experiments/exp-1/results", "200 []");
        answers.put("GET /api/v1/experiments/exp-1", "200 " + experiment("RUNNING", null, false));

        assertThat(run("results", "exp-1")).isEqualTo(1);

        assertThat(text(err)).isEqualTo("rtda: experiment exp-1 has no results yet: it is running\n");
    }

    @Test
    void anImportSendsTheFilesAndTheShiftSets() throws IOException {
        Path data = npz("busi.npz");
        Path shift = npz("busbra.npz");
        answers.put("POST /api/v1/datasets", """
                201 {"schemaVersion":1,"name":"busi","channels":1,"height":28,"width":28,"classes":["0","1"],
                "splits":{"test":{"count":156,"classCounts":[42,114],"blocks":[]},
                "train":{"count":546,"classCounts":[147,399],"blocks":[]}},"sourceSha256":{}}""");

        assertThat(run("import", "busi", data.toString(), "--shift", "busbra=" + shift, "--licence", "CC BY 4.0"))
                .isZero();

        assertThat(text(out)).isEqualTo("imported busi: 1 x 28 x 28, train 546, test 156\n");
        assertThat(requests.get("POST /api/v1/datasets"))
                .contains("name=\"name\"\r\n\r\nbusi\r\n")
                .contains("name=\"licence\"\r\n\r\nCC BY 4.0\r\n")
                .contains("name=\"file\"; filename=\"busi.npz\"")
                .contains("train_images.npy")
                .contains("name=\"prepared\"; filename=\"prepared.json\"")
                .contains("name=\"shift-busbra\"; filename=\"busbra.npz\"")
                .doesNotContain("name=\"scale\"");
    }

    @Test
    void anImportSendsWhatIsSaidOfTheImages() throws IOException {
        Path data = npz("busi.npz");
        answers.put("POST /api/v1/datasets", IMPORTED);

        assertThat(run(
                        "import",
                        "busi",
                        data.toString(),
                        "--modality",
                        "ultrasound",
                        "--classes",
                        "malignant,benign",
                        "--healthy",
                        "benign"))
                .isZero();

        assertThat(requests.get("POST /api/v1/datasets"))
                .contains("name=\"modality\"\r\n\r\nultrasound\r\n")
                .contains("name=\"classes\"\r\n\r\nmalignant,benign\r\n")
                .contains("name=\"healthy\"\r\n\r\nbenign\r\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void theGatewayDecidesWhatIsKnownOfAPublicDataSetAndTheCommandSaysWhatWasTaken() throws IOException {
        Path data = npz("breastmnist_64.npz");
        answers.put("POST /api/v1/datasets", """
                201 {"schemaVersion":1,"name":"ours","channels":1,"height":28,"width":28,"classes":["0","1"],
                "splits":{},"sourceSha256":{},"modality":"ultrasound","healthyClass":1}""");

        assertThat(run("import", "ours", data.toString())).isZero();

        assertThat(requests.get("POST /api/v1/datasets"))
                .doesNotContain("name=\"modality\"")
                .doesNotContain("name=\"healthy\"")
                .contains("filename=\"breastmnist_64.npz\"");
        assertThat(text(err))
                .isEqualTo(
                        "modality ultrasound: known of the public data set of this name (--modality says otherwise)\n"
                                + "healthy class 1: known of the public data set of this name (--healthy says otherwise)\n");
    }

    @Test
    void anImportWithoutAHealthyClassSaysWhatFiguresWillAssume() throws IOException {
        Path data = npz("busi.npz");
        answers.put("POST /api/v1/datasets", IMPORTED);

        assertThat(run("import", "busi", data.toString())).isZero();

        assertThat(text(err)).contains("marked \"class 0 assumed healthy\" (--healthy says it)");
    }

    @Test
    void dataSetsAreListedWithTheirModalityAndHealthyClass() {
        answers.put("GET /api/v1/datasets", """
                200 [{"schemaVersion":1,"name":"a","channels":1,"height":28,"width":28,"classes":["sick","well"],
                "splits":{},"sourceSha256":{},"modality":"ultrasound","healthyClass":1},
                {"schemaVersion":1,"name":"b","channels":1,"height":28,"width":28,"classes":["0","1"],
                "splits":{},"sourceSha256":{}}]""");

        assertThat(run("datasets")).isZero();

        assertThat(text(out)).contains("ultrasound  sick, well  well\n").contains("0, 1        0 (assumed)");
    }

    private static final String IMPORTED = """
            201 {"schemaVersion":1,"name":"busi","channels":1,"height":28,"width":28,"classes":["0","1"],
            "splits":{"test":{"count":156,"classCounts":[42,114],"blocks":[]}},"sourceSha256":{}}""";

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(run("import", "busi", "/nowhere/busi.npz")).isEqualTo(1);
        assertThat(text(err)).isEqualTo("rtda: there is no readable file /nowhere/busi.npz\n");
    }

    @Test
    void aModelIsSaved() throws IOException {
        answers.put("GET /api/v1/experiments/exp-1/model", "200 onnx");
        Path file = folder.resolve("m.onnx");

        assertThat(run("model", "exp-1", "--out", file.toString())).isZero();

        assertThat(file).hasContent("onnx");
    }

    @Test
    void cancelAsksTheGateway() {
        answers.put("POST /api/v1/experiments/exp-1/cancel", """
                202 {"cancelling":{"run":"TRAINING","evaluations":["exp-1/epoch-00005"]}}""");

        assertThat(run("cancel", "exp-1")).isZero();

        assertThat(text(out)).isEqualTo("cancelling exp-1: training; evaluations: exp-1/epoch-00005\n");
    }

    @Test
    void anExperimentGetsANameAndTagsAndWhatIsEmptyGoes() {
        answers.put("PATCH /api/v1/experiments/exp-1", """
                200 {"id":"exp-1","name":"baseline","notes":null,"tags":["paper","third"]}""");

        assertThat(run("describe", "exp-1", "--name", "baseline", "--tags", "paper,third"))
                .isZero();
        assertThat(text(out)).isEqualTo("exp-1: baseline, tags paper, third, no notes\n");
        assertThat(requests.get("PATCH /api/v1/experiments/exp-1"))
                .isEqualTo("{\"name\":\"baseline\",\"tags\":[\"paper\",\"third\"]}");

        assertThat(run("describe", "exp-1", "--notes", "", "--tags", "")).isZero();
        assertThat(requests.get("PATCH /api/v1/experiments/exp-1")).isEqualTo("{\"notes\":\"\",\"tags\":[]}");

        assertThat(run("describe", "exp-1")).isEqualTo(2);
        assertThat(text(err)).contains("give --name, --notes or --tags");
    }

    @Test
    void evaluationsOfAllExperimentsAreListedWithTheirPlaces() {
        first.put("GET /api/v1/evaluations", new ArrayDeque<>(List.of("""
                        200 {"evaluations":[{"id":"exp-2/epoch-00003/full","experiment":"exp-2","name":"full","state":"WAITING",
                         "queue":{"place":2,"waiting":5},"epoch":3,"last":false,"suite":"full",
                         "progress":{"planned":0,"measured":0,"failed":0,"cancelled":0,"completed":false}}],"next":"a+b"}""", """
                        200 {"evaluations":[{"id":"exp-1/epoch-00003","experiment":"exp-1","state":"WAITING","epoch":3,"last":true,
                         "suite":"standard","progress":{"planned":9,"measured":4,"failed":1,"cancelled":0,"completed":false}}],
                         "next":null}""")));

        assertThat(run("evaluations", "--state", "waiting")).isZero();

        assertThat(text(out))
                .contains("exp-2/epoch-00003/full", "full", "waiting", "2 of 5", "0 of 0 measured")
                .contains("exp-1/epoch-00003", "standard", "4 of 9 measured, 1 could not be measured");
        assertThat(queries).containsExactly("limit=200&state=WAITING", "limit=200&cursor=a%2Bb&state=WAITING");
    }

    @Test
    void experimentsAreDeletedUntilOneIsRefused() {
        answers.put("DELETE /api/v1/experiments/exp-1", "204 ");
        answers.put(
                "DELETE /api/v1/experiments/exp-2",
                "409 {\"title\":\"Conflict\",\"status\":409,\"detail\":\"experiment exp-2 has not ended (queued)\"}");

        assertThat(run("delete", "exp-1", "exp-2")).isEqualTo(1);

        assertThat(text(out)).isEqualTo("deleted experiment exp-1\n");
        assertThat(text(err)).contains("experiment exp-2 has not ended (queued)");
    }

    @Test
    void oneEvaluationIsCancelledByItsName() {
        answers.put("POST /api/v1/experiments/exp-1/evaluations/full/cancel", """
                202 {"id":"exp-1/epoch-00005/full","name":"full","epoch":5,"last":false,"state":"CANCELLING"}""");

        assertThat(run("cancel", "exp-1", "--evaluation", "full")).isZero();

        assertThat(text(out)).isEqualTo("cancelling exp-1/epoch-00005/full\n");
    }

    @Test
    void anEvaluationOfAnEarlierEpochIsCancelledByItsEpochAndName() {
        answers.put("POST /api/v1/experiments/exp-1/evaluations/epoch-00003/full/cancel", """
                202 {"id":"exp-1/epoch-00003/full","name":"full","epoch":3,"last":false,"state":"CANCELLING"}""");

        assertThat(run("cancel", "exp-1", "--evaluation", "epoch-00003/full")).isZero();

        assertThat(text(out)).isEqualTo("cancelling exp-1/epoch-00003/full\n");
    }

    @Test
    void cancellingWhatHasEndedSaysWhatItIs() {
        answers.put("POST /api/v1/experiments/exp-1/cancel", """
                409 {"title":"Conflict","status":409,"detail":"experiment exp-1 has ended (trained and evaluated), nothing is left to cancel"}""");

        assertThat(run("cancel", "exp-1")).isEqualTo(1);

        assertThat(text(err)).contains("experiment exp-1 has ended (trained and evaluated), nothing is left to cancel");
    }

    @Test
    void aGatewayThatIsAwayIsSaidInOneLine() {
        gateway.stop(0);

        assertThat(run("datasets")).isEqualTo(1);

        assertThat(text(err))
                .isEqualTo("rtda: the gateway at " + address() + " does not answer: is it running? (rtda up)\n");
    }

    @Test
    void withoutServicesTheWayToStartThemIsSaid() {
        assertThat(Rtda.run(terminal(Map.of()), "experiments")).isEqualTo(1);
        assertThat(text(err))
                .isEqualTo("rtda: no gateway runs here: start the services with rtda up, or name one with --gateway"
                        + " URL\n");
    }

    @Test
    void whatIsNotUnderstoodIsSaidInOneLine() {
        assertThat(run("train", "--epochs", "many")).isEqualTo(2);
        assertThat(text(err))
                .startsWith("rtda train: Invalid value for option '--epochs'")
                .endsWith("(see rtda train --help)\n")
                .hasLineCount(1);
    }

    @Test
    void aCommandMustBeGiven() {
        assertThat(run()).isEqualTo(2);
        assertThat(text(err)).isEqualTo("rtda: a command is missing (see rtda --help)\n");
    }

    @Test
    void nothingRunningIsNoReadyStack() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(text(out)).isEqualTo("nothing runs here (rtda up)\n");
    }

    @Test
    void anUnknownModalityListsTheKnownOnes() {
        assertThat(run(
                        "phantoms",
                        "--modality",
                        "mri",
                        "--out",
                        folder.resolve("x.npz").toString()))
                .isEqualTo(1);
        assertThat(text(err))
                .isEqualTo("rtda: --modality must be one of [mammogram, chest-xray, ultrasound], was mri\n");
    }

    @Test
    void phantomsMakeTwoFilesToImport() {
        Path file = folder.resolve("us.npz");

        assertThat(run(
                        "phantoms",
                        "--modality",
                        "ultrasound",
                        "--side",
                        "28",
                        "--train",
                        "4",
                        "--val",
                        "2",
                        "--test",
                        "2",
                        "--shift",
                        "2",
                        "--out",
                        file.toString()))
                .isZero();

        assertThat(file).isNotEmptyFile();
        assertThat(folder.resolve("us-shift.npz")).isNotEmptyFile();
        assertThat(text(out))
                .contains("--shift other-scanner=" + folder.resolve("us-shift.npz")
                        + " --modality ultrasound --healthy 0 --classes \"");
    }

    @Test
    void aBenchmarkLeavesItsTableInTheFolder() throws IOException {
        answers.put("GET /api/v1/datasets", """
                200 [{"schemaVersion":1,"name":"busi","channels":1,"height":28,"width":28,"classes":["0","1"],
                "splits":{"test":{"count":156,"classCounts":[42,114],"blocks":[]},
                "train":{"count":546,"classCounts":[147,399],"blocks":[]}},"sourceSha256":{},
                "channelMeans":[0.4],"channelDeviations":[0.2]}]""");
        answers.put("POST /api/v1/experiments", "201 {\"id\":\"exp-1\"}");
        answers.put("GET /api/v1/experiments/exp-1", "200 " + experiment("TRAINED", null, true));
        answers.put("GET /api/v1/experiments/exp-1/training", "200 []");
        answers.put("GET /api/v1/experiments/exp-1/robustness", "200 []");
        answers.put("GET /api/v1/experiments/exp-1/results", """
                200 [{"experiment":"exp-1","dataset":"busi","method":"erm","seed":5,"condition":"clean",
                "conditionDetails":{"kind":"CLEAN","split":"test"},
                "metric":"balanced-accuracy","value":0.9,"low":0.8,"high":0.95,"n":156}]""");
        Path results = folder.resolve("grid");

        assertThat(run(
                        "benchmark",
                        "--datasets",
                        "busi",
                        "--methods",
                        "erm",
                        "--seeds",
                        "5",
                        "--epsilons",
                        "0.15,0.5",
                        "--epochs",
                        "3",
                        "--eval-epsilons",
                        "0.25,linf:51/255",
                        "--out",
                        results.toString()))
                .isZero();

        assertThat(text(out)).isEqualTo(results.resolve("results.md") + "\n");
        assertThat(results.resolve("results.md"))
                .content()
                .contains("## busi, trained at L2 0.15", "## busi, trained at L2 0.5")
                .contains("| erm | 0.900 [0.800, 0.950] (1) |");
        assertThat(EventCodec.mapper()
                        .readTree(requests.get("POST /api/v1/experiments"))
                        .get("epochs")
                        .intValue())
                .isEqualTo(3);
        // the attack in training is L2, so 0.25 is, too; 51/255 = 0.2
        JsonNode evaluation = EventCodec.mapper()
                .readTree(requests.get("POST /api/v1/experiments"))
                .get("evaluation");
        assertThat(evaluation.get("epsilons")).hasToString("[0.15,0.25,0.5]");
        assertThat(evaluation.get("linfEpsilons")).hasToString("[0.2]");
    }

    @Test
    void aBenchmarkOfAnUnknownDataSetNamesTheKnownOnes() {
        answers.put("GET /api/v1/datasets", "200 []");

        assertThat(run("benchmark", "--datasets", "nope")).isEqualTo(1);

        assertThat(text(err)).isEqualTo("rtda: --datasets must be one of [], was nope\n");
    }

    private static String experiment(String state, String reason, boolean evaluated) {
        return "{\"id\":\"exp-1\",\"spec\":" + SPEC + ",\"status\":{\"state\":\"" + state
                + "\",\"step\":10,\"totalSteps\":10,\"epoch\":1,\"device\":\"cpu\",\"reason\":"
                + (reason == null ? "null" : "\"" + reason + "\"")
                + "},\"evaluation\":{\"planned\":3,\"measured\":3,\"failed\":0,\"completed\":" + evaluated + "}}";
    }

    private static String inProgress(
            String id, String state, String phase, int done, int total, Integer secondsLeft, String queue) {
        return "{\"id\":\"" + id + "\",\"spec\":" + SPEC + ",\"status\":{\"state\":\"" + state
                + "\",\"step\":0,\"totalSteps\":0,\"epoch\":0,\"device\":null,\"reason\":null},\"progress\":{\"phase\":\""
                + phase
                + "\",\"done\":" + done + ",\"total\":" + total + ",\"secondsLeft\":" + secondsLeft + ",\"queue\":"
                + queue + "}}";
    }

    /** Two splits of two different images, and a test split of two more. */
    private Path npz(String name) throws IOException {
        Map<String, LabelledImages> splits = new LinkedHashMap<>();
        for (String split : List.of("train", "val", "test")) {
            List<ByteImage> images = new ArrayList<>();
            for (int label = 0; label < 2; label++) {
                byte[] pixels = new byte[64];
                new Random((name + split + label).hashCode()).nextBytes(pixels);
                images.add(new ByteImage(1, 8, 8, pixels));
            }
            splits.put(split, new LabelledImages(images, new int[] {0, 1}));
        }
        Path file = folder.resolve(name);
        NpzWriter.write(file, splits);
        return file;
    }

    // ---- tokens

    @Test
    void aTokenOfTheEnvironmentOrOfAFileIsSentAndTheFilesComesFirst() throws IOException {
        answers.put("GET /api/v1/experiments", "200 {\"experiments\":[]}");
        Path file = Files.writeString(folder.resolve("token"), "rtda_ofafile\n");
        Map<String, String> environment = Map.of("RTDA_GATEWAY", address(), "RTDA_TOKEN", "rtda_ofthevariable");

        Rtda.run(terminal(environment), "experiments");
        Rtda.run(terminal(environment), "experiments", "--token-file", file.toString());
        run("experiments");

        assertThat(authorizations).containsExactly("Bearer rtda_ofthevariable", "Bearer rtda_ofafile", "none");
    }

    @Test
    void aTokenThatCannotBeOneIsRefusedWithoutBeingTold() throws IOException {
        Map<String, String> environment = Map.of("RTDA_GATEWAY", address(), "RTDA_TOKEN", "rtda_two words");
        Path missing = folder.resolve("missing");

        assertThat(Rtda.run(terminal(environment), "experiments")).isEqualTo(1);
        assertThat(run("experiments", "--token-file", missing.toString())).isEqualTo(1);

        assertThat(text(err))
                .contains("the token in RTDA_TOKEN must be one word", "the token file " + missing + " cannot be read")
                .doesNotContain("two words");
        assertThat(authorizations).isEmpty();
    }

    @Test
    void aNewTokenIsPrintedAloneAndWhatIsSaidOfItGoesElsewhere() {
        answers.put(
                "POST /api/v1/tokens",
                "201 {\"name\":\"nightly\",\"role\":\"operator\",\"createdBy\":\"owner-token\",\"createdAt\":\"2026-11-01T10:00:00Z\","
                        + "\"expiresAt\":\"2026-12-01T10:00:00Z\",\"token\":\"rtda_secret\"}");

        assertThat(run("token", "create", "nightly", "--role", "operator", "--expires", "30d"))
                .isZero();

        assertThat(text(out)).isEqualTo("rtda_secret\n");
        assertThat(text(err))
                .contains("token nightly (operator), until 2026-12-01T10:00:00Z")
                .doesNotContain("rtda_secret");
        assertThat(requests.get("POST /api/v1/tokens"))
                .isEqualTo("{\"name\":\"nightly\",\"role\":\"operator\",\"expiresInDays\":30}");
    }

    @Test
    void aTokenEndsAfterNinetyDaysUnlessAnotherTimeOrNeverIsAskedFor() {
        answers.put(
                "POST /api/v1/tokens",
                "201 {\"name\":\"nightly\",\"role\":\"viewer\",\"createdBy\":\"a\",\"token\":\"rtda_secret\"}");

        run("token", "create", "nightly", "--role", "viewer");
        assertThat(requests.get("POST /api/v1/tokens")).endsWith("\"expiresInDays\":90}");
        run("token", "create", "nightly", "--role", "viewer", "--expires", "never");
        assertThat(requests.get("POST /api/v1/tokens")).isEqualTo("{\"name\":\"nightly\",\"role\":\"viewer\"}");
        assertThat(run("token", "create", "nightly", "--role", "viewer", "--expires", "3 weeks"))
                .isEqualTo(1);
        assertThat(text(err)).contains("--expires must be a number of days such as 90d, or never, was 3 weeks");
    }

    @Test
    void tokensAreListedAndRevoked() {
        answers.put("GET /api/v1/tokens", """
                200 [{"name":"nightly","role":"operator","createdBy":"owner-token","createdAt":"2026-11-01T10:00:00.123Z",
                  "expiresAt":"2026-12-01T10:00:00.123Z","lastUsedAt":"2026-11-02T03:00:00.456Z"},
                 {"name":"page","role":"viewer","createdBy":"alice","createdAt":"2026-11-01T11:00:00Z"}]""");
        answers.put("DELETE /api/v1/tokens/page", "200 ");

        assertThat(run("token", "list")).isZero();
        assertThat(text(out)).isEqualTo("""
                token    role      made by      made                  ends                  last used
                -------  --------  -----------  --------------------  --------------------  --------------------
                nightly  operator  owner-token  2026-11-01T10:00:00Z  2026-12-01T10:00:00Z  2026-11-02T03:00:00Z
                page     viewer    alice        2026-11-01T11:00:00Z  never                 never
                """);
        assertThat(run("token", "revoke", "page")).isZero();
        assertThat(requests).containsKey("DELETE /api/v1/tokens/page");
    }

    @Test
    void aRefusalForWantOfATokenSaysWhereOneGoes() {
        answers.put(
                "GET /api/v1/experiments",
                "401 {\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"sign-in is required; send RTDA_TOKEN\"}");

        assertThat(run("experiments")).isEqualTo(1);

        assertThat(text(err)).isEqualTo("rtda: sign-in is required; send RTDA_TOKEN\n");
    }

    private int run(String... arguments) {
        return Rtda.run(terminal(Map.of("RTDA_GATEWAY", address())), arguments);
    }

    private Terminal terminal(Map<String, String> environment) {
        return new Terminal(
                folder,
                folder.resolve("home"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                environment);
    }

    private String address() {
        return "http://127.0.0.1:" + gateway.getAddress().getPort();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (exchange.getRequestURI().getRawQuery() != null) {
            queries.add(exchange.getRequestURI().getRawQuery());
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(authorization == null ? "none" : authorization);
        requests.put(request, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Deque<String> before = first.getOrDefault(request, new ArrayDeque<>());
        String answer = before.isEmpty()
                ? answers.getOrDefault(request, "404 {\"title\":\"Not Found\"}")
                : before.removeFirst();
        byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
        int status = Integer.parseInt(answer.substring(0, 3));
        exchange.getResponseHeaders()
                .add("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
