package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Topic;

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
                        "/api/workers/{{ . }}",
                        "valueLocation: lag");
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
