package org.rtda.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.RobustnessMetric.Gate.Outcome;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.AttackSet;
import org.rtda.contracts.settings.AttackSettings;
import org.rtda.contracts.settings.Condition;

/** The page's own code, given real result rows; skipped where there is no {@code node} to run it. */
class DashboardChartsTest {
    private static final Path SCRIPT = Path.of("src/main/resources/META-INF/resources/app/figures.js");

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsNode() {
        boolean isThere = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "node")));
        assumeTrue(isThere, "there is no node on the path");
    }

    private static Condition attack(String name, double epsilon, int steps, int restarts, String goal) {
        return Condition.attack(
                AttackSettings.builder()
                        .name(name)
                        .epsilon(epsilon)
                        .steps(steps)
                        .restarts(restarts)
                        .build(),
                goal,
                "test");
    }

    /** What the suite full measures in the training ball of L2 0.5, and what it must not overwrite there. */
    @Test
    void eachAttackIsItsOwnLineAndEachNormItsOwnChart() throws Exception {
        ViewEvents events = new ViewEvents("exp-1");
        ExperimentView view = new ExperimentView("exp-1", new StepsInMemory());
        view.apply(events.submit());
        Condition worst = Condition.worstCase(
                new AttackSet("aa-binary", List.of(AttackSettings.of("apgd-ce", "l2", 0.5))), "test");
        List<Condition> conditions = List.of(
                Condition.clean("test"),
                attack("pgd-l2", 0.25, 10, 1, null),
                attack("pgd-l2", 0.5, 10, 1, null),
                attack("pgd-l2", 0.5, 10, 5, null),
                attack("pgd-l2", 0.5, 20, 1, null),
                attack("pgd-l2", 0.5, 10, 1, "miss"),
                attack("pgd-l2", 0.5, 10, 1, "false-alarm"),
                worst,
                attack("pgd-l2", 28, 100, 1, null),
                attack("pgd-linf", 8.0 / 255, 10, 1, null));
        view.apply(events.planned(10, true, conditions.toArray(Condition[]::new)));
        for (int i = 0; i < conditions.size(); i++) {
            view.apply(events.measured(10, true, conditions.get(i), 0.9 - 0.05 * i));
        }
        DatasetManifest data = DatasetManifest.builder()
                .name("phantoms")
                .channels(1)
                .height(28)
                .width(28)
                .classes(List.of("a", "b"))
                .splits(Map.of())
                .sourceSha256(Map.of())
                .build();
        view.apply(events.gate(10, "attack-has-converged", Outcome.FAILED, "pgd-l2-10@0.5"));

        JsonNode charts = charts(
                ResultRows.of(view).stream().map(row -> row.onImagesOf(data)).toList());

        assertThat(charts).extracting(chart -> chart.get("norm").asText()).containsExactly("l2", "linf");
        // sqrt(1 x 28 x 28) = 28: every image is within reach of the last attack, whose radius then says nothing
        assertThat(lines(charts.get(0)))
                .containsExactlyInAnyOrder(
                        "pgd-l2, 10 steps: 0=0.90 0.25=0.85 0.5=0.80!",
                        "pgd-l2, 10 steps, 5 restarts: 0.5=0.75",
                        "pgd-l2, 20 steps: 0.5=0.70",
                        "miss by pgd-l2, 10 steps: 0.5=0.65",
                        "false-alarm by pgd-l2, 10 steps: 0.5=0.60",
                        "aa-binary (worst case): 0.5=0.55");
        assertThat(lines(charts.get(1))).containsExactly("pgd-linf, 10 steps: 0.03137254901960784=0.45");
    }

    private static List<String> lines(JsonNode chart) {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : chart.get("series")) {
            StringBuilder text = new StringBuilder(line.get("name").asText()).append(":");
            for (JsonNode point : line.get("points")) {
                text.append(String.format(
                        java.util.Locale.ROOT,
                        " %s=%.2f",
                        point.get("x").asText(),
                        point.get("y").asDouble()));
                text.append(point.get("failedGates").isEmpty() ? "" : "!");
            }
            lines.add(text.toString());
        }
        return lines;
    }

    private JsonNode charts(List<ResultRow> rows) throws IOException, InterruptedException {
        // what stands beside the module is what it may import; node takes .js for modules where package.json says so
        Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
        try (Stream<Path> modules = Files.list(SCRIPT.getParent())) {
            for (Path module : modules.toList()) {
                Files.copy(module, folder.resolve(module.getFileName()));
            }
        }
        Files.write(folder.resolve("rows.json"), EventCodec.mapper().writeValueAsBytes(rows));
        Files.writeString(folder.resolve("run.mjs"), """
                import { readFileSync } from "node:fs";
                import { byCondition, radiusCharts } from "./figures.js";
                const rows = JSON.parse(readFileSync("rows.json"));
                console.log(JSON.stringify(radiusCharts(byCondition(rows))));
                """);
        Path answer = folder.resolve("answer.json");
        Process node = new ProcessBuilder("node", "run.mjs")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        assertThat(node.waitFor()).as(() -> read(answer)).isZero();
        return EventCodec.mapper().readTree(answer.toFile());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
