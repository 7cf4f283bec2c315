package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtda.system.Selector.Condition;
import org.rtda.system.Selector.Sample;

/** That the series exist is {@link FiveServicesIT}'s affair; here is what can be seen without starting anything. */
class MonitoringTest {
    private static final Path ROOT = Path.of(System.getProperty("rtda.root"));

    private final Monitoring monitoring = new Monitoring(ROOT);

    @Test
    void everyAlertHasItsSectionInTheRunbookAndEverySectionItsAlert() throws IOException {
        List<String> sections = Files.readAllLines(ROOT.resolve("docs/runbook.md")).stream()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4))
                .toList();
        assertThat(monitoring.alerts()).isNotEmpty().containsExactlyInAnyOrderElementsOf(sections);
    }

    @Test
    void everyAlertIsTriedByTheRulesOwnTests() throws IOException {
        String tests = Files.readString(ROOT.resolve("infra/monitoring/rules_test.yml"));
        assertThat(monitoring.alerts()).allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert));
    }

    @Test
    void everyServiceIsScrapedAndNothingElse() {
        assertThat(monitoring.jobs())
                .containsExactlyInAnyOrder(
                        "gateway", "augment-service", "attack-service", "trainer-service", "evaluator-service");
    }

    @Test
    void everyJobThatAnExpressionNamesIsScraped() {
        monitoring.expressions().forEach((where, expression) -> assertThat(Selector.in(expression))
                .as(where)
                .isNotEmpty()
                .allSatisfy(selector -> {
                    Condition job = selector.matchers().get("job");
                    if (job != null) {
                        assertThat(monitoring.jobs()).anyMatch(job::holds);
                    }
                }));
    }

    @Test
    void selectorsAreFoundAmongFunctionsLabelsRangesAndStrings() {
        assertThat(Selector.in(
                        "sum by (lane, attack) (rate(a_total{state=\"fai}led\", x=~\"y.*\"}[15m])) / on (z) b > 9e3"
                                + " and time() - c offset 5m < 1 or max(d) without (e)"))
                .containsExactly(
                        new Selector(
                                "a_total",
                                Map.of("state", new Condition("=", "fai}led"), "x", new Condition("=~", "y.*"))),
                        new Selector("b", Map.of()),
                        new Selector("c", Map.of()),
                        new Selector("d", Map.of()));
    }

    @Test
    void aSelectorIsAnsweredByASampleOfItsNameAndLabelsAlone() {
        List<Sample> samples = Sample.of("# HELP a_total x\na_total{state=\"failed\",} 0.0\nb 1.0\n");
        assertThat(Selector.in("a_total{state=\"failed\", job=\"any\"} + b"))
                .allSatisfy(selector -> assertThat(samples).anyMatch(selector::matches));
        assertThat(Selector.in("a_total{state=\"FAILED\"} + a + b{x=\"y\"}"))
                .hasSize(3)
                .allSatisfy(selector -> assertThat(samples).noneMatch(selector::matches));
    }
}
