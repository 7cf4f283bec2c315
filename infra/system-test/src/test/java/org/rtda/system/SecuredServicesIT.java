package org.rtda.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.benchmarks.PackagedService;
import org.rtda.testkit.LocalStack;
import org.rtda.testkit.MinioServer;

/**
 * The five services with TLS and an account each: an experiment from its import to its removal, and nothing is refused on the way. The
 * broker asks for SCRAM-SHA-512 and holds everybody to the rules that {@code infra/access} has set up. Where RTDA_MINIO names the program
 * of a MinIO server, the store is that, with TLS and accounts, too.
 */
@EnabledIfSystemProperty(named = "rtda.long", matches = "true", disabledReason = "takes minutes: -Drtda.long=true")
class SecuredServicesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path ROOT = Path.of(System.getProperty("rtda.root"));
    private static final List<String> SERVICES =
            List.of("gateway", "trainer-service", "augment-service", "attack-service", "evaluator-service");

    @TempDir
    private static Path folder;

    private static final List<PackagedService> services = new ArrayList<>();
    private static LocalStack stack;
    private static MinioServer minio;
    private static RequestSpecification gateway;
    private static GatewayUser user;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.startSecured();
        String program = System.getenv("RTDA_MINIO");
        minio = program == null
                ? null
                : MinioServer.start(Path.of(program), Files.createDirectory(folder.resolve("minio")));
        setUpAccess();
        for (String service : SERVICES) {
            services.add(PackagedService.start(service, service + "-secured", backing(service), environment(service)));
        }
        services.forEach(PackagedService::awaitReady);
        gateway = new RequestSpecBuilder().setBaseUri(services.get(0).base()).build();
        user = new GatewayUser(gateway, PATIENCE);
    }

    @AfterAll
    static void stop() {
        services.forEach(PackagedService::close);
        if (minio != null) {
            minio.close();
        }
        stack.close();
    }

    private static String password(String account) {
        return "password-of-" + account;
    }

    /** As the composition does: the program that has the description, with the administrators' keys. */
    private static void setUpAccess() throws IOException, InterruptedException {
        Path log = folder.resolve("access.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        ROOT.resolve("infra/access/target/quarkus-app/quarkus-run.jar")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers());
        for (String account : List.of(
                "gateway", "trainer-service", "augment-service", "attack-service", "evaluator-service", "dashboard")) {
            environment.put(
                    "RTDA_ACCESS_PASSWORD_" + account.toUpperCase(Locale.ROOT).replace('-', '_'), password(account));
        }
        if (minio == null) {
            environment.put("RTDA_ACCESS_STORE", "false");
        } else {
            environment.put("RTDA_STORE_ENDPOINT", minio.endpoint());
            environment.put("RTDA_STORE_ACCESS_KEY", minio.administrator().accessKey());
            environment.put("RTDA_STORE_SECRET_KEY", minio.administrator().secretKey());
            environment.put(
                    "RTDA_STORE_TRUSTED_CERTIFICATES",
                    minio.administrator().trustedCertificates().toString());
        }
        Process process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(() -> text(log)).isZero();
    }

    private static PackagedService.BackingServices backing(String service) {
        return new PackagedService.BackingServices(
                ROOT,
                stack.secured().bootstrapServers(),
                minio == null ? stack.s3Endpoint() : minio.endpoint(),
                minio == null ? stack.accessKey() : service,
                minio == null ? stack.secretKey() : password(service),
                "rtda",
                1,
                folder);
    }

    private static Map<String, String> environment(String service) {
        Map<String, String> environment = new HashMap<>();
        stack.secured()
                .settings(service, password(service))
                .forEach((setting, value) -> environment.put(
                        "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_'), value.toString()));
        if (minio != null) {
            environment.put(
                    "RTDA_STORE_TRUSTED_CERTIFICATES",
                    minio.administrator().trustedCertificates().toString());
        }
        if (service.equals("attack-service")) {
            keepInFile(environment, "KAFKA_SASL_JAAS_CONFIG", "kafka.sasl.jaas.config");
        }
        // every batch goes through the store
        environment.put("RTDA_INLINE_LIMIT_BYTES", "0");
        return environment;
    }

    /** As for those who want no secrets in the environment. */
    private static void keepInFile(Map<String, String> environment, String variable, String setting) {
        Properties settings = new Properties();
        settings.setProperty(setting, environment.remove(variable));
        environment.put(
                "QUARKUS_CONFIG_LOCATIONS",
                written(settings, "settings.properties").toString());
    }

    private static Path written(Properties settings, String name) {
        Path file = folder.resolve(name);
        try (Writer out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anExperimentIsImportedTrainedEvaluatedFollowedAndRemovedAndNothingIsRefused() throws Exception {
        user.importSmall(folder, 64, 16, 24);
        String id = submit(2, Map.of("attackSteps", 2, "epsilons", List.of(0.25), "quickImages", 8));
        user.awaitState(id, "TRAINED");
        awaitEvaluations(id);
        given(gateway)
                .contentType(ContentType.JSON)
                .body(Map.of("suite", "quick", "name", "again"))
                .post("/api/v1/experiments/{id}/evaluations", id)
                .then()
                .statusCode(202);
        awaitEvaluations(id);
        given(gateway).get("/api/v1/experiments/{id}/model", id).then().statusCode(200);
        given(gateway).get("/api/v1/workers").then().statusCode(200);

        assertThat(firstLineOfDashboard()).startsWith(id + " (rtda on small, seed ");

        String lasting = submit(10_000, Map.of("everyEpochs", 0));
        String waiting = submit(1, Map.of("everyEpochs", 0));
        user.awaitState(lasting, "RUNNING");
        user.cancel(waiting);
        user.awaitState(waiting, "CANCELLED");
        user.cancel(lasting);
        user.awaitState(lasting, "CANCELLED");
        for (String ended : List.of(id, lasting, waiting)) {
            given(gateway).delete("/api/v1/experiments/{id}", ended).then().statusCode(is(204));
        }
        given(gateway).delete("/api/v1/datasets/small").then().statusCode(is(204));

        for (PackagedService service : services) {
            assertThat(text(service.log()))
                    .as(service.log().getFileName().toString())
                    .doesNotContain("uthorized", "uthorization", "refuses access", "AccessDenied");
        }
    }

    /** As its page says, with a file of settings. */
    private static String firstLineOfDashboard() throws IOException {
        Properties settings = new Properties();
        settings.putAll(stack.secured().settings("dashboard", password("dashboard")));
        Path file = written(settings, "dashboard.properties");
        Process subscriber = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ROOT.resolve("clients/java/MetricsSubscriber.java").toString(),
                        stack.secured().bootstrapServers(),
                        "--settings",
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = subscriber.inputReader()) {
            return lines.readLine();
        } finally {
            subscriber.destroyForcibly();
        }
    }

    private static String submit(int epochs, Map<String, Object> evaluation) {
        return user.submit(Map.of("epochs", epochs, "attack", Map.of("steps", 1), "evaluation", evaluation));
    }

    private static void awaitEvaluations(String id) {
        Awaitility.await("evaluations of " + id).atMost(PATIENCE).untilAsserted(() -> given(gateway)
                .get("/api/v1/experiments/{id}/evaluations", id)
                .then()
                .statusCode(200)
                .body("progress.completed", not(empty()))
                .body("progress.completed", everyItem(is(true)))
                .body("progress.failed", everyItem(is(0))));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
