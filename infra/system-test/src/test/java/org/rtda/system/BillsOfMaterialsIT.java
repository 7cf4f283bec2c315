package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the build says that a service, its image and the command line contain is what they contain. */
class BillsOfMaterialsIT {
    private static final Path ROOT = Path.of(System.getProperty("rtda.root"));
    private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

    /** Quarkus leaves three files out of it. Its bill has the checksum of the jar as it was published. */
    private static final String PRUNED = "io.opentelemetry.opentelemetry-exporter-otlp-";

    static List<String> modules() {
        return List.of(
                "gateway",
                "augment-service",
                "attack-service",
                "trainer-service",
                "evaluator-service",
                "infra/access",
                "cli");
    }

    private static JsonNode bill(String module) throws IOException {
        String name = Path.of(module).getFileName().toString();
        return new ObjectMapper()
                .readTree(ROOT.resolve(module)
                        .resolve("target/" + name + ".cdx.json")
                        .toFile());
    }

    private static boolean isOfTheProject(JsonNode component) {
        return component.get("group").asText().equals("org.rtda");
    }

    /** As the files are called: Quarkus begins with the group. */
    private static String fileOf(String module, JsonNode component) {
        Matcher classifier = CLASSIFIER.matcher(component.get("purl").asText());
        return (module.equals("cli") ? "" : component.get("group").asText() + ".")
                + component.get("name").asText() + "-"
                + component.get("version").asText()
                + (classifier.find() ? "-" + classifier.group(1) : "") + ".jar";
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.get("alg").asText().equals("SHA-256")) {
                return hash.get("content").asText();
            }
        }
        return "none";
    }

    private static String sha256(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    /** The libraries' checksums by the names of their files. The module's own jar is what the bill is about. */
    private static Map<String, String> delivered(String module) throws IOException {
        Map<String, String> delivered = new TreeMap<>();
        Path folder = ROOT.resolve(module).resolve(module.equals("cli") ? "target/cli" : "target/quarkus-app/lib");
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".jar"))
                    .forEach(file -> delivered.put(file.getFileName().toString(), sha256(file)));
        }
        delivered.keySet().removeIf(file -> file.startsWith(module + "-"));
        return delivered;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aBillNamesEveryJarWithItsChecksumAndNoOther(String module) throws IOException {
        Map<String, String> named = new TreeMap<>();
        bill(module).get("components").forEach(each -> named.put(fileOf(module, each), sha256(each)));
        Map<String, String> delivered = delivered(module);

        assertThat(named.keySet()).hasSizeGreaterThan(30).containsExactlyElementsOf(delivered.keySet());
        named.keySet().removeIf(file -> file.startsWith(PRUNED));
        delivered.keySet().removeIf(file -> file.startsWith(PRUNED));
        assertThat(named).containsExactlyEntriesOf(delivered);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyLibraryOfABillHasALicenceAndNoTimeIsInIt(String module) throws IOException {
        assertThat(bill(module).at("/metadata/component/name").asText())
                .isEqualTo(Path.of(module).getFileName().toString());
        assertThat(bill(module).at("/metadata/timestamp").isMissingNode()).isTrue();
        assertThat(bill(module).get("components"))
                .filteredOn(each -> !isOfTheProject(each))
                .allSatisfy(each -> assertThat(each.path("licenses"))
                        .as(each.get("purl").asText())
                        .isNotEmpty());
    }

    /** {@code infra/third-party-notices} writes them, and refuses licences that it does not know. */
    @Test
    void theNoticesNameTheLibrariesOfAllBills() throws IOException {
        TreeSet<String> billed = new TreeSet<>();
        for (String module : modules()) {
            for (JsonNode each : bill(module).get("components")) {
                if (!isOfTheProject(each)) {
                    billed.add(each.get("group").asText() + ":"
                            + each.get("name").asText() + ":"
                            + each.get("version").asText());
                }
            }
        }
        assertThat(Pattern.compile("(?m)^- `(.+)`$")
                        .matcher(Files.readString(ROOT.resolve("THIRD-PARTY-NOTICES.md")))
                        .results()
                        .map(line -> line.group(1)))
                .containsExactlyInAnyOrderElementsOf(billed);
    }

    @Test
    void anImageContainsItsBillAlsoWhereTheJarsAreBuiltElsewhere(@TempDir Path context) throws Exception {
        assertThat(Files.readString(ROOT.resolve("infra/images/service.Dockerfile")))
                .contains(
                        "\nCOPY --from=app /src/${SERVICE}/target/*.cdx.json /app/sbom.cdx.json\n",
                        "org.rtda.sbom=\"/app/sbom.cdx.json\"");

        Process gather = new ProcessBuilder(
                        ROOT.resolve("infra/stand-ins/prebuilt-context.sh").toString(),
                        context.toString(),
                        "infra/access")
                .inheritIO()
                .start();

        assertThat(gather.waitFor()).isZero();
        assertThat(context.resolve("infra/access/target/access.cdx.json"))
                .hasSameBinaryContentAs(ROOT.resolve("infra/access/target/access.cdx.json"));
        assertThat(context.resolve("infra/access/target/quarkus-app/lib")).isDirectory();
    }
}
