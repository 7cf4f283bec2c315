package org.rtda.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of {@code infra/monitoring}, as far as tests hold the services to them. */
final class Monitoring {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    Monitoring(Path root) {
        this.folder = root.resolve("infra/monitoring");
    }

    List<String> alerts() {
        return rules().map(rule -> rule.get("alert").asText()).toList();
    }

    /** Names of the jobs that Prometheus scrapes: the services. */
    List<String> jobs() {
        return read(YAML, folder.resolve("prometheus.yml")).findValuesAsText("job_name");
    }

    /** Every PromQL expression of the rules and the dashboards, by where it stands. */
    Map<String, String> expressions() {
        Map<String, String> expressions = new TreeMap<>();
        rules().forEach(rule -> expressions.put(
                "rules.yml: " + rule.get("alert").asText(), rule.get("expr").asText()));
        for (Path dashboard : dashboards()) {
            for (JsonNode panel : read(JSON, dashboard).get("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    expressions.put(
                            dashboard.getFileName() + ": " + panel.get("title").asText() + "/"
                                    + target.get("refId").asText(),
                            target.get("expr").asText());
                }
            }
        }
        return expressions;
    }

    /** Those that no sample answers to, each with the expression it is from; what Prometheus makes itself is left out. */
    List<String> notAnswered(List<Selector.Sample> samples) {
        List<String> missing = new ArrayList<>();
        expressions().forEach((where, expression) -> Selector.in(expression).stream()
                .filter(selector -> !selector.name().equals("up"))
                .filter(selector -> samples.stream().noneMatch(selector::matches))
                .forEach(selector -> missing.add(where + ": " + selector)));
        return missing;
    }

    private List<Path> dashboards() {
        try (Stream<Path> files = Files.list(folder.resolve("grafana/dashboards"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        read(YAML, folder.resolve("rules.yml")).get("groups").forEach(group -> group.get("rules")
                .forEach(rules::add));
        return rules.stream();
    }

    private static JsonNode read(ObjectMapper mapper, Path file) {
        try {
            return mapper.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
