package org.rtda.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackagedLibrariesIT {
    /** {@code ./rtda up} puts the libraries on the class path by their size, which is right while this holds. */
    @ParameterizedTest
    @ValueSource(strings = {"gateway", "augment-service", "attack-service", "trainer-service", "evaluator-service"})
    void noClassIsInTwoOfThem(String service) throws IOException {
        Map<String, Path> owners = new HashMap<>();
        Map<String, List<Path>> twice = new TreeMap<>();
        try (Stream<Path> files =
                Files.walk(Path.of(System.getProperty("rtda.root"), service, "target/quarkus-app/lib"))) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    zip.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                            .forEach(name -> {
                                Path other = owners.put(name, jar);
                                if (other != null) {
                                    twice.put(name, List.of(other, jar));
                                }
                            });
                }
            }
        }
        assertThat(owners).hasSizeGreaterThan(5_000);
        assertThat(twice).isEmpty();
    }
}
