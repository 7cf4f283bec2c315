package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    @Test
    void theChartKnowsHowManyPartitionsAttackWorkersShare() throws IOException {
        JsonNode values =
                YAML.readTree(ROOT.resolve("infra/helm/rtda/values.yaml").toFile());
        assertThat(values.get("partitions").asInt())
                .isEqualTo(Topic.ATTACK_REQUESTS.partitions())
                .isEqualTo(Topic.EVALUATION_ATTACK_REQUESTS.partitions());
    }

    @Test
    void theChartScalesOnTheGroupsThatAttackWorkersAreIn() throws IOException {
        String scaling = Files.readString(ROOT.resolve("infra/helm/rtda/templates/attack-scaling.yaml"));
        String service = Files.readString(ROOT.resolve("attack-service/src/main/resources/application.properties"));
        for (Topic topic : new Topic[] {Topic.ATTACK_REQUESTS, Topic.EVALUATION_ATTACK_REQUESTS}) {
            Matcher group = Pattern.compile("incoming\\." + topic.topicName() + "\\.group\\.id=(\\S+)")
                    .matcher(service);
            assertThat(group.find()).isTrue();
            assertThat(scaling).contains("\"" + topic.topicName() + "\" \"" + group.group(1) + "\"");
        }
    }
}
