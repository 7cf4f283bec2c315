package org.rtda.gateway.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.Topic;

class AsyncApiPageTest {
    private final Document page = Jsoup.parse(AsyncApiPage.render());

    private List<String> row(String schema, String field) {
        Element table = page.getElementById(schema)
                .nextElementSiblings()
                .select("table")
                .first();
        return table.select("tbody tr").stream()
                .filter(row -> row.selectFirst("th").text().equals(field))
                .findFirst()
                .orElseThrow()
                .select("td")
                .stream()
                .map(Element::text)
                .toList();
    }

    @Test
    void hasEveryTopicAndEverySchemaOnce() {
        for (Topic topic : Topic.values()) {
            assertThat(page.getElementById("topic-" + topic.topicName()))
                    .as(topic.topicName())
                    .isNotNull();
        }
        for (String schema : AsyncApiDocument.read().schemas().keySet()) {
            assertThat(page.select("h3[id=" + schema + "]")).as(schema).hasSize(1);
        }
    }

    @Test
    void aFieldIsShownWithItsTypeLimitsDefaultAndMeaning() {
        assertThat(row("ExperimentSpec", "lambda")).hasSize(5);
        assertThat(row("TrainingMetric", "attempt"))
                .containsExactly(
                        "integer (int64)",
                        "yes",
                        "",
                        "",
                        "grows each time an experiment changes hands; what a lower attempt says is stale");
        assertThat(row("ExperimentCommandDescribe", "tags"))
                .containsExactly(
                        "list of string",
                        "no",
                        "at most 20 entries; no entry twice; each entry matches ^[a-z0-9][a-z0-9_.-]{0,62}$",
                        "",
                        "all of them");
        assertThat(row("TrainingMetric", "experimentId").get(1)).isEqualTo("yes");
    }

    @Test
    void everyLinkOfThePageLeadsSomewhere() {
        assertThat(page.select("a[href^=#]").eachAttr("href"))
                .hasSizeGreaterThan(50)
                .allSatisfy(link -> assertThat(page.getElementById(link.substring(1)))
                        .as(link)
                        .isNotNull());
    }

    @Test
    void howLongMessagesAreKeptIsSaid() {
        assertThat(page.getElementById("topic-training-metrics")
                        .nextElementSiblings()
                        .eachText()
                        .subList(0, 2))
                .contains("Partitions: 4. Messages are kept for ever.");
        assertThat(page.getElementById("topic-augmented-batches")
                        .nextElementSiblings()
                        .eachText()
                        .subList(0, 2))
                .contains("Partitions: 4. Messages are kept for 30 minutes, at most 256 MiB of a partition.");
    }

    @Test
    void limitsAreSaidInWords() {
        assertThat(FieldLimits.inWords(Map.of("minimum", 0, "maximum", 1))).isEqualTo("at least 0; at most 1");
        assertThat(FieldLimits.inWords(Map.of("exclusiveMinimum", 0))).isEqualTo("above 0");
        assertThat(FieldLimits.inWords(Map.of("enum", Arrays.asList("a", "b")))).isEqualTo("one of a, b");
        assertThat(FieldLimits.inWords(Map.of("const", "submit"))).isEqualTo("always submit");
        assertThat(FieldLimits.inWords(Map.of("type", "string"))).isEmpty();
    }
}
