package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.benchmarks.PackagedService;
import org.rtda.messaging.TopicAdmin;
import org.rtda.testkit.LocalStack;

/** A real store dies under every service, as they are packaged. */
@EnabledIfSystemProperty(named = "rtda.long", matches = "true", disabledReason = "takes minutes: -Drtda.long=true")
class StoreAwayIT {
    private static final Map<String, String> STORE_CHECKS = Map.of(
            "augment-service", "store answers",
            "attack-service", "store answers",
            "trainer-service", "store answers",
            "evaluator-service", "store answers",
            "gateway", "store");

    @TempDir
    private Path logs;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final LocalStack stack = LocalStack.start();
    private final Map<String, PackagedService> services = new LinkedHashMap<>();

    @AfterEach
    void stop() {
        services.values().forEach(PackagedService::close);
        stack.close();
    }

    private JsonNode health(String service, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        services.get(service).management().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return json.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private JsonNode storeCheck(String service) throws IOException, InterruptedException {
        for (JsonNode check : health(service, "/q/health/ready").path("checks")) {
            if (check.path("name").asText().equals(STORE_CHECKS.get(service))) {
                return check;
            }
        }
        throw new AssertionError(service + " says nothing of its store");
    }

    @Test
    void everyServiceSaysThatItsStoreIsAwayAndWhyAndStaysAlive() throws Exception {
        TopicAdmin.ensure(stack.bootstrapServers(), Duration.ofSeconds(60));
        PackagedService.BackingServices backing = PackagedService.BackingServices.of(stack, "store-away", logs);
        for (String service : STORE_CHECKS.keySet()) {
            services.put(service, PackagedService.start(service, service + "-1", backing));
        }
        services.values().forEach(PackagedService::awaitReady);
        for (String service : STORE_CHECKS.keySet()) {
            assertThat(storeCheck(service).path("status").asText()).as(service).isEqualTo("UP");
        }

        stack.kill();

        for (String service : STORE_CHECKS.keySet()) {
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                            storeCheck(service).path("status").asText())
                    .as(service)
                    .isEqualTo("DOWN"));
            assertThat(storeCheck(service).path("data").path("reason").asText())
                    .as(service)
                    .contains(stack.s3Endpoint())
                    .contains("cannot be reached");
            assertThat(storeCheck(service).path("data").path("work").asText())
                    .as(service)
                    .isEqualTo(service.equals("gateway") ? "" : "none is taken until the store answers");
            assertThat(health(service, "/q/health/live").path("status").asText())
                    .as(service)
                    .isEqualTo("UP");
        }
    }
}
