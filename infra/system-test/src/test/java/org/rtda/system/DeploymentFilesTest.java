package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.Topic;
import org.yaml.snakeyaml.Yaml;

/** What is written down twice, in the code and in a file that deploys it, is the same. */
class DeploymentFilesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path ROOT = Path.of(System.getProperty("rtda.root"));

    private static String version() throws IOException {
        Matcher version = Pattern.compile("<artifactId>rtda</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    @Test
    void imagesAndChartAreOfTheProjectsVersion() throws IOException {
        String version = version();
        assertThat(Files.readString(ROOT.resolve("infra/images/service.Dockerfile")))
                .contains("\nARG VERSION=" + version + "\n");
        assertThat(Files.readString(ROOT.resolve("docker-compose.yml")))
                .contains("${RTDA_VERSION:-" + version + "}")
                .doesNotContainPattern("RTDA_VERSION:-(?!" + Pattern.quote(version) + "})");
        assertThat(Files.readString(ROOT.resolve("docker-compose.secured.yml")))
                .contains("${RTDA_VERSION:-" + version + "}")
                .doesNotContainPattern("RTDA_VERSION:-(?!" + Pattern.quote(version) + "})");
        assertThat(YAML.readTree(ROOT.resolve("infra/helm/rtda/Chart.yaml").toFile())
                        .get("appVersion")
                        .asText())
                .isEqualTo(version);
    }

    /** Share groups are young: an older broker than the clients' may lack what they ask for. */
    @Test
    void brokersAreOfTheClientsVersion() throws IOException {
        Matcher version = Pattern.compile("<kafka.version>([^<]+)</kafka.version>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        String kafka = version.group(1);
        assertThat(Files.readString(ROOT.resolve("docker-compose.yml")))
                .contains("${KAFKA_IMAGE:-apache/kafka:" + kafka + "}");
        JsonNode strimzi = YAML.readTree(
                        ROOT.resolve("infra/helm/rtda/values.yaml").toFile())
                .at("/kafka/strimzi");
        assertThat(strimzi.get("version").asText()).isEqualTo(kafka);
        assertThat(kafka).startsWith(strimzi.get("metadataVersion").asText().replaceFirst("-IV\\d+$", "") + ".");
    }

    @Test
    void theChartScalesOnWhatTheGatewayTellsOfAttackRequests() throws IOException {
        String scaling = Files.readString(ROOT.resolve("infra/helm/rtda/templates/attack-scaling.yaml"));
        assertThat(scaling)
                .contains(
                        "range list \"" + Topic.ATTACK_REQUESTS.topicName() + "\" \""
                                + Topic.EVALUATION_ATTACK_REQUESTS.topicName() + "\" \""
                                + Topic.NAMED_EVALUATION_ATTACK_REQUESTS.topicName() + "\"",
                        "/api/v1/workers/{{ . }}",
                        "valueLocation: lag");
    }

    /** A second "up" keeps as many workers as were asked for: the number is a setting, not only an argument of one call. */
    @Test
    void howManyWorkersRunIsASettingOfTheComposition() throws IOException {
        JsonNode services = composition().get("services");
        assertThat(replicas(services, "attack-service")).isEqualTo("${ATTACK_WORKERS:-1}");
        assertThat(replicas(services, "augment-service")).isEqualTo("${AUGMENT_WORKERS:-1}");
        assertThat(replicas(services, "trainer-service")).isEqualTo("${TRAINER_WORKERS:-1}");
        assertThat(replicas(services, "evaluator-service")).isEqualTo("${EVALUATOR_WORKERS:-1}");
        assertThat(Files.readString(ROOT.resolve("infra/compose/make-secrets.sh")))
                .contains("ATTACK_WORKERS=1");
    }

    private static String replicas(JsonNode services, String service) {
        return services.at("/" + service + "/deploy/replicas").asText();
    }

    /** "docker compose down" keeps volumes without a name, and "down -v" does not find those of containers that are gone. */
    @Test
    void everyVolumeOfTheCompositionHasAName() throws IOException {
        JsonNode composition = composition();
        List<String> named = new ArrayList<>();
        composition.get("volumes").fieldNames().forEachRemaining(named::add);
        List<String> mounts = new ArrayList<>();
        composition.get("services").forEach(service -> service.path("volumes")
                .forEach(volume -> mounts.add(volume.asText())));
        assertThat(mounts).hasSizeGreaterThan(4).allSatisfy(mount -> assertThat(named)
                .as(mount)
                .contains(mount.substring(0, Math.max(0, mount.indexOf(':')))));
    }

    @Test
    void nothingStartsBeforeTheSettingsWereChecked() throws IOException {
        JsonNode services = composition().get("services");
        for (String first : List.of("kafka", "minio-volume")) {
            assertThat(services.at("/" + first + "/depends_on/settings-check/condition")
                            .asText())
                    .as(first)
                    .isEqualTo("service_completed_successfully");
        }
    }

    @Test
    void inContainersTheGatewayRequiresSignInAndTheSecretsScriptWritesItsOwnersToken() throws IOException {
        JsonNode gateway = composition().at("/services/gateway/environment");
        assertThat(gateway.get("RTDA_SECURITY_SIGN_IN").asText()).isEqualTo("required");
        assertThat(gateway.get("RTDA_OWNER_TOKEN").asText()).startsWith("${RTDA_OWNER_TOKEN:?");
        assertThat(Files.readString(ROOT.resolve("infra/compose/make-secrets.sh")))
                .contains("RTDA_OWNER_TOKEN=rtda_$(random_hex 32)");
        assertThat(Files.readString(ROOT.resolve("infra/helm/rtda/templates/deployments.yaml")))
                .contains("{name: RTDA_SECURITY_SIGN_IN, value: required}", "name: RTDA_OWNER_TOKEN");
    }

    /** Nobody has to sign in at the gateway's management port: who watches finds it, and nobody publishes it. */
    @Test
    void theManagementPortIsTheSameEverywhereAndIsNotPublished() throws IOException {
        String chart = Files.readString(ROOT.resolve("infra/helm/rtda/templates/deployments.yaml"));
        JsonNode scraped = YAML.readTree(
                        ROOT.resolve("infra/monitoring/prometheus.yml").toFile())
                .get("scrape_configs");
        assertThat(Files.readString(ROOT.resolve("infra/images/service.Dockerfile")))
                .contains("QUARKUS_MANAGEMENT_PORT=9000 ");
        assertThat(Files.readString(ROOT.resolve("infra/images/healthcheck.sh")))
                .contains("gateway) port=\"${QUARKUS_MANAGEMENT_PORT:-9000}\"");
        assertThat(scraped).hasSize(5).allSatisfy(job -> assertThat(
                        job.at("/dns_sd_configs/0/port").asInt())
                .as(job.get("job_name").asText())
                .isEqualTo(job.get("job_name").asText().equals("gateway") ? 9000 : 8080));
        assertThat(chart)
                .contains("{name: management, containerPort: 9000}", "{name: management, containerPort: 8080}")
                .doesNotContain("port: http}");
        composition().get("services").forEach(service -> service.path("ports")
                .forEach(port -> assertThat(port.asText()).doesNotContain("9000")));
        assertThat(Files.readString(ROOT.resolve("infra/helm/rtda/templates/gateway.yaml")))
                .doesNotContain("management", "9000");
    }

    private static List<String> accounts() throws IOException {
        return Files.readAllLines(ROOT.resolve("infra/access/src/main/resources/org/rtda/access/accounts.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" ")[0])
                .distinct()
                .toList();
    }

    @Test
    void everyAccountHasAPasswordInTheSecuredCompositionAndTheSecretsScriptWritesIt() throws IOException {
        JsonNode secured = YAML.readTree(
                        ROOT.resolve("docker-compose.secured.yml").toFile())
                .get("services");
        String script = Files.readString(ROOT.resolve("infra/compose/make-secrets.sh"));
        assertThat(accounts()).hasSize(6);
        for (String account : accounts()) {
            String password = "PASSWORD_" + account.toUpperCase(Locale.ROOT).replace('-', '_');
            assertThat(secured.at("/access/environment/RTDA_ACCESS_" + password).asText())
                    .startsWith("${RTDA_" + password + ":?");
            assertThat(script).containsPattern("\\b" + password + "\\b");
            if (!account.equals("dashboard")) {
                JsonNode environment = secured.at("/" + account + "/environment");
                assertThat(environment.get("RTDA_STORE_ACCESS_KEY").asText()).isEqualTo(account);
                assertThat(environment.get("RTDA_STORE_SECRET_KEY").asText()).startsWith("${RTDA_" + password + ":?");
                assertThat(environment.get("KAFKA_SASL_JAAS_CONFIG").asText())
                        .contains("username=\"" + account + "\" password=\"${RTDA_" + password + ":?");
            }
        }
    }

    @Test
    void theChartMakesEveryAccount() throws IOException {
        assertThat(Files.readString(ROOT.resolve("infra/helm/rtda/templates/access.yaml")))
                .contains("list \"" + String.join("\" \"", accounts()) + "\"");
    }

    /** MinIO wants 3 characters of an access key and 8 of a secret key. */
    @Test
    void aStoreKeyThatIsTooShortIsRefusedByName() throws Exception {
        assertThat(checkSettings("abc", "12345678")).isEqualTo("0 ");
        assertThat(checkSettings("ab", "12345678"))
                .startsWith("1 RTDA_STORE_ACCESS_KEY must have at least 3 characters, has 2. Set a longer one in .env");
        assertThat(checkSettings("abc", "1234567"))
                .startsWith("1 RTDA_STORE_SECRET_KEY must have at least 8 characters, has 7. Set a longer one in .env");
        assertThat(checkSettings("", "")).startsWith("1 RTDA_STORE_ACCESS_KEY").contains("RTDA_STORE_SECRET_KEY");
    }

    /** An "up" that forgets the override would start broker and store without accounts, and all would be healthy. */
    @Test
    void anInstallationWithAccountsDoesNotStartWithoutThem() throws Exception {
        Map<String, String> keys = Map.of("RTDA_STORE_ACCESS_KEY", "abc", "RTDA_STORE_SECRET_KEY", "12345678");
        String used = composition()
                .at("/services/settings-check/environment/RTDA_ACCOUNTS_USED")
                .asText();
        String withOverride = YAML.readTree(
                        ROOT.resolve("docker-compose.secured.yml").toFile())
                .at("/services/settings-check/environment/RTDA_ACCOUNTS_USED")
                .asText();
        assertThat(checkSettings(keys, Map.of("RTDA_ACCOUNTS", "required", "RTDA_ACCOUNTS_USED", used)))
                .startsWith("1 This installation has accounts (RTDA_ACCOUNTS=required)");
        assertThat(checkSettings(keys, Map.of("RTDA_ACCOUNTS", "required", "RTDA_ACCOUNTS_USED", withOverride)))
                .isEqualTo("0 ");
        assertThat(checkSettings(keys, Map.of("RTDA_ACCOUNTS", "", "RTDA_ACCOUNTS_USED", used)))
                .isEqualTo("0 ");
    }

    @Test
    void theSecretsScriptMakesTheAccountsStayInEveryCommand(@TempDir Path copy) throws Exception {
        Path script = Files.createDirectories(copy.resolve("infra/compose")).resolve("make-secrets.sh");
        Files.copy(ROOT.resolve("infra/compose/make-secrets.sh"), script);
        Path env = copy.resolve(".env");

        assertThat(run(Map.of(), "bash", script.toString(), "--secured")).startsWith("1 ");
        assertThat(run(Map.of(), "bash", script.toString())).startsWith("0 ");
        assertThat(run(Map.of(), "bash", script.toString(), "--secured")).startsWith("0 ");
        assertThat(Files.readAllLines(env))
                .contains("COMPOSE_FILE=docker-compose.yml:docker-compose.secured.yml", "RTDA_ACCOUNTS=required");
        List<String> written = Files.readAllLines(env);
        assertThat(run(Map.of(), "bash", script.toString(), "--secured"))
                .startsWith("1 ")
                .contains("sets COMPOSE_FILE already");
        assertThat(Files.readAllLines(env)).isEqualTo(written);
    }

    /** The gateway asks who somebody is; the broker without accounts does not, so it is not opened with it. */
    @Test
    void everyPublishedPortHasAnAddressOfItsOwn() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (String file : List.of("docker-compose.yml", "docker-compose.monitoring.yml")) {
            YAML.readTree(ROOT.resolve(file).toFile()).get("services").forEach(service -> service.path("ports")
                    .forEach(port -> addresses.add(
                            port.asText().substring(0, port.asText().indexOf('}') + 1))));
        }
        assertThat(addresses)
                .containsExactlyInAnyOrder(
                        "${RTDA_BIND:-127.0.0.1}",
                        "${KAFKA_BIND:-127.0.0.1}",
                        "${PROMETHEUS_BIND:-127.0.0.1}",
                        "${GRAFANA_BIND:-127.0.0.1}",
                        "${JAEGER_BIND:-127.0.0.1}");
    }

    private static final List<String> COMPOSITIONS = List.of(
            "docker-compose.yml",
            "docker-compose.secured.yml",
            "docker-compose.postgresql.yml",
            "docker-compose.monitoring.yml");

    /** With what "<<" and anchors bring, which Jackson leaves out. */
    private static JsonNode resolved(String file) throws IOException {
        return new ObjectMapper()
                .valueToTree(new Yaml().<Map<String, Object>>load(Files.readString(ROOT.resolve(file))));
    }

    /** Of a service in all files together: Compose adds up the networks of overrides. */
    private static Map<String, Set<String>> networksOfServices() throws IOException {
        Map<String, Set<String>> networks = new TreeMap<>();
        for (String file : COMPOSITIONS) {
            resolved(file).get("services").properties().forEach(service -> {
                Set<String> of = networks.computeIfAbsent(service.getKey(), any -> new TreeSet<>());
                service.getValue().path("networks").forEach(network -> of.add(network.asText()));
                if (service.getValue().has("network_mode")) {
                    of.add(service.getValue().get("network_mode").asText());
                }
            });
        }
        return networks;
    }

    /** Whoever gets into a dashboard, or behind the gateway's published port, finds neither broker nor store there. */
    @Test
    void nobodyButTheGatewayIsOnTheNetworkOfItsUsers() throws IOException {
        Map<String, Set<String>> workers = new TreeMap<>();
        for (String service : List.of("augment-service", "attack-service", "trainer-service", "evaluator-service")) {
            workers.put(service, Set.of("broker", "store", "watched"));
        }
        Map<String, Set<String>> expected = new TreeMap<>(workers);
        expected.put("gateway", Set.of("users", "broker", "store", "database", "watched"));
        expected.put("kafka", Set.of("broker", "listener"));
        expected.put("minio", Set.of("store"));
        expected.put("access", Set.of("broker", "store"));
        expected.put("postgres", Set.of("database"));
        expected.put("prometheus", Set.of("watched", "tools"));
        expected.put("jaeger", Set.of("watched", "tools"));
        expected.put("grafana", Set.of("tools"));
        expected.put("settings-check", Set.of("none"));
        expected.put("minio-volume", Set.of("none"));

        assertThat(networksOfServices()).isEqualTo(expected);
    }

    /** From an internal network nobody reaches the outside, and nothing in it can be published. */
    @Test
    void allNetworksButThoseOfPublishedPortsAreInternal() throws IOException {
        Map<String, Boolean> internal = new TreeMap<>();
        for (String file : COMPOSITIONS) {
            resolved(file)
                    .path("networks")
                    .properties()
                    .forEach(network -> internal.put(
                            network.getKey(),
                            network.getValue().path("internal").asBoolean()));
        }

        assertThat(internal)
                .isEqualTo(Map.of(
                        "users",
                        false,
                        "listener",
                        false,
                        "tools",
                        false,
                        "broker",
                        true,
                        "store",
                        true,
                        "database",
                        true,
                        "watched",
                        true));
    }

    /** One container that begins processes or writes its log without end must not take the machine from the others. */
    @Test
    void everyContainerHasBoundsOfProcessesMemoryAndLogAndNoMoreRightsThanItNeeds() throws IOException {
        Set<String> images = new TreeSet<>();
        for (String file : COMPOSITIONS) {
            resolved(file).get("services").properties().forEach(entry -> {
                JsonNode service = entry.getValue();
                // what has no image here is an addition to a service of another file
                if (service.has("image")) {
                    images.add(entry.getKey());
                    assertThat(service.path("pids_limit").asInt())
                            .as("pids_limit of " + entry.getKey())
                            .isBetween(1, 1024)
                            .isEqualTo(
                                    service.at("/deploy/resources/limits/pids").asInt());
                    assertThat(service.path("mem_limit").asText())
                            .as("mem_limit of " + entry.getKey())
                            .isNotEmpty();
                    assertThat(service.path("logging"))
                            .as("logging of " + entry.getKey())
                            .hasToString("{\"driver\":\"json-file\",\"options\":{\"max-size\":\"10m\","
                                    + "\"max-file\":\"5\"}}");
                    assertThat(service.path("cap_drop"))
                            .as("cap_drop of " + entry.getKey())
                            .hasToString("[\"ALL\"]");
                    assertThat(service.path("security_opt"))
                            .as("security_opt of " + entry.getKey())
                            .hasToString("[\"no-new-privileges:true\"]");
                }
            });
        }

        assertThat(images).isEqualTo(networksOfServices().keySet());
    }

    /** Addresses outside are for whoever installs it to name; the OpenID provider is outside as a rule. */
    @Test
    void inAClusterTheServicesReachPodsOfTheClusterAloneUnlessOthersAreNamed() throws IOException {
        JsonNode policy = YAML.readTree(
                        ROOT.resolve("infra/helm/rtda/values.yaml").toFile())
                .get("networkPolicy");
        assertThat(policy.get("enabled").asBoolean()).isTrue();
        for (String target : List.of("kafka", "store", "otlp", "database")) {
            assertThat(policy.at("/egress/" + target + "/to")).as(target).hasToString("[{\"namespaceSelector\":{}}]");
        }
        assertThat(Files.readString(ROOT.resolve("infra/helm/rtda/templates/network-policies.yaml")))
                .contains("policyTypes: [Ingress, Egress]\n", "to: {{- toYaml . | nindent 8 }}");
    }

    /** Notebooks, examples and the API's description are held to a real stack by one script. */
    @Test
    void theClientsAreTriedOnAStackOfTheirOwn() throws IOException {
        Path script = ROOT.resolve("infra/clients-check");
        assertThat(script).isExecutable();
        assertThat(Files.readString(script))
                .contains(
                        " clients/python/check --stack \"$gateway\" --broker \"$broker\"",
                        " infra/api-check/check --gateway \"$gateway\" --examples ");
    }

    private static String checkSettings(String accessKey, String secretKey) throws IOException, InterruptedException {
        return checkSettings(Map.of("RTDA_STORE_ACCESS_KEY", accessKey, "RTDA_STORE_SECRET_KEY", secretKey), Map.of());
    }

    /** @return the exit status of the composition's check, and what it says */
    private static String checkSettings(Map<String, String> keys, Map<String, String> accounts)
            throws IOException, InterruptedException {
        String script =
                composition().at("/services/settings-check/command/0").asText().replace("$$", "$");
        Map<String, String> environment = new HashMap<>(keys);
        environment.putAll(accounts);
        return run(environment, "bash", "-c", script);
    }

    /** @return the exit status, and what was said */
    private static String run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }

    private static JsonNode composition() throws IOException {
        return YAML.readTree(ROOT.resolve("docker-compose.yml").toFile());
    }

    /** A name of a group in an alert's test that no service uses would prove nothing. */
    @Test
    void groupsInTheAlertsTestsAreThoseThatWork() throws IOException {
        Set<String> works = Arrays.stream(Topic.values())
                .filter(Topic::isWork)
                .map(topic -> "group=\"" + topic.workers() + "\", topic=\"" + topic.topicName() + "\"")
                .collect(Collectors.toSet());
        assertThat(Pattern.compile("group=\"[^\"]*\", topic=\"[^\"]*\"")
                        .matcher(Files.readString(ROOT.resolve("infra/monitoring/rules_test.yml")))
                        .results()
                        .map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(named -> assertThat(works).contains(named));
    }
}
