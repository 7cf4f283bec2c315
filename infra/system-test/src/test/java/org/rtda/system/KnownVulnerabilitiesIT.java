package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code infra/known-vulnerabilities} with the bills of this build and records that are made up here. */
class KnownVulnerabilitiesIT {
    private static final Path ROOT = Path.of(System.getProperty("rtda.root"));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** In all bills. */
    private static final String LIBRARY = "com.fasterxml.jackson.core:jackson-databind";

    @TempDir
    private Path folder;

    private String version;

    @BeforeAll
    static void python() {
        try {
            Process python = new ProcessBuilder("python3", "--version").start();
            Assumptions.assumeTrue(python.waitFor(1, TimeUnit.MINUTES) && python.exitValue() == 0, "no python3");
        } catch (IOException e) {
            Assumptions.abort("no python3: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void findTheLibrarysVersion() throws IOException {
        for (JsonNode each : JSON.readTree(
                        ROOT.resolve("gateway/target/gateway.cdx.json").toFile())
                .get("components")) {
            if (LIBRARY.equals(
                    each.get("group").asText() + ":" + each.get("name").asText())) {
                version = each.get("version").asText();
            }
        }
        assertThat(version).isNotNull();
    }

    /** @param versions that the record lists as affected; {@code events} begin and end the flaw */
    private static Map<String, Object> record(
            String id, String ecosystem, List<String> versions, List<Map<String, String>> events) {
        return Map.of(
                "id",
                id,
                "aliases",
                List.of("CVE-2026-" + id),
                "summary",
                "made up",
                "affected",
                List.of(Map.of(
                        "package",
                        Map.of("ecosystem", ecosystem, "name", LIBRARY),
                        "versions",
                        versions,
                        "ranges",
                        List.of(Map.of("type", "ECOSYSTEM", "events", events)))));
    }

    @SafeVarargs
    private Path database(Map<String, Object>... records) throws IOException {
        Path file = folder.resolve("all.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map<String, Object> each : records) {
                zip.putNextEntry(new ZipEntry(each.get("id") + ".json"));
                zip.write(JSON.writeValueAsBytes(each));
            }
        }
        return file;
    }

    private record Ended(int status, List<String> lines, String errors) {}

    private Ended list(Path... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("python3", ROOT.resolve("infra/known-vulnerabilities").toString()));
        List.of(arguments).forEach(each -> command.add(each.toString()));
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), lines.lines().toList(), Files.readString(errors));
    }

    @Test
    void aLibraryWhoseVersionARecordListsIsAffectedInEachModuleThatContainsIt() throws Exception {
        Ended ended = list(database(record(
                "1", "Maven", List.of("2.0", version), List.of(Map.of("introduced", "0"), Map.of("fixed", "99")))));

        assertThat(ended.lines())
                .containsExactly("AFFECTED " + LIBRARY + ":" + version
                        + " (access, attack-service, augment-service, cli, evaluator-service, gateway, trainer-service):"
                        + " 1 CVE-2026-1, of unknown severity, fixed in, or last affected: 99: made up");
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void otherVersionsAndOtherEcosystemsAreNotListed() throws Exception {
        List<Map<String, String>> ended = List.of(Map.of("introduced", "0"), Map.of("last_affected", "2.0"));

        assertThat(list(database(
                        record("1", "Maven", List.of("2.0"), ended), record("2", "npm", List.of(version), ended))))
                .satisfies(none -> {
                    assertThat(none.lines()).isEmpty();
                    assertThat(none.status()).isZero();
                });
    }

    /** The records list versions for us. Where they do not, or where a flaw has no end, somebody has to look. */
    @Test
    void aRecordThatListsNoVersionsOrNoEndIsUncertain() throws Exception {
        Ended ended = list(database(
                record("1", "Maven", List.of(), List.of(Map.of("introduced", "0"), Map.of("fixed", "99"))),
                record("2", "Maven", List.of("2.0"), List.of(Map.of("introduced", "0")))));

        assertThat(ended.lines()).hasSize(2).allMatch(line -> line.startsWith("UNCERTAIN " + LIBRARY));
        assertThat(ended.status()).isZero();
    }

    @Test
    void withoutADatabaseOrABillItFailsInsteadOfFindingNothing() throws Exception {
        assertThat(list(folder.resolve("none.zip")).status()).isEqualTo(2);
        assertThat(list(database()).status()).isEqualTo(2);
        assertThat(list(database(record("1", "Maven", List.of(), List.of())), folder.resolve("none.cdx.json")))
                .satisfies(none -> {
                    assertThat(none.status()).isEqualTo(2);
                    assertThat(none.errors()).contains("none.cdx.json is no bill of materials");
                });
    }
}
