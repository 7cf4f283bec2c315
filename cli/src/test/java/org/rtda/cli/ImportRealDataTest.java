package org.rtda.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.cli.dataset.PlayedImports;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.dataset.DatasetManifest;

/** Every file and folder of RTDA_DATA_DIR is imported with the counts that the README beside it gives. */
class ImportRealDataTest {
    /** A line of the README's table: file, data set, size, images per class of train, val and test. */
    private static final Pattern ROW = Pattern.compile(
            "\\| `([a-z0-9_]+)\\.npz` \\| [^|]+ \\| (\\d+)x\\d+ \\| ([\\d/-]+) \\| ([\\d/-]+) \\| ([\\d/-]+) \\|.*");

    @TempDir
    Path temporary;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path data;
    private PlayedImports gateway;

    @BeforeEach
    void start() throws IOException {
        String folder = System.getenv("RTDA_DATA_DIR");
        assumeTrue(folder != null, "skipped: RTDA_DATA_DIR does not name the folder of the real image sets");
        data = Path.of(folder);
        gateway = new PlayedImports(temporary);
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private record Row(int side, List<String> counts) {}

    @Test
    void everyArrayFileHasTheCountsOfTheReadme() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        for (String line : Files.readAllLines(data.resolve("README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(
                        row.group(1),
                        new Row(Integer.parseInt(row.group(2)), List.of(row.group(3), row.group(4), row.group(5))));
            }
        }
        assertThat(rows).as("rows of the README's table").hasSize(28);
        for (Map.Entry<String, Row> row : rows.entrySet()) {
            if (row.getKey().contains("_shift_")) {
                assertShift(row.getKey(), row.getValue(), rows);
            } else {
                assertWhole(row.getKey(), row.getValue());
            }
        }
    }

    private void assertWhole(String name, Row row) {
        run("import", name, data.resolve(name + ".npz").toString());

        DatasetManifest manifest = gateway.manifest(name);
        assertThat(manifest.height()).as(name).isEqualTo(row.side());
        assertThat(List.of(counts(manifest, "train"), counts(manifest, "val"), counts(manifest, "test")))
                .as(name)
                .isEqualTo(row.counts());
        assertThat(manifest.preparation().findings().exactDuplicates())
                .as(name + ": its README says that there are none")
                .isZero();
    }

    /** Beside a file of the same shape with as many classes. */
    private void assertShift(String name, Row row, Map<String, Row> rows) {
        String main = rows.entrySet().stream()
                .filter(other -> !other.getKey().contains("_shift_")
                        && other.getValue().side() == row.side()
                        && other.getValue().counts().get(0).split("/").length == 2
                        && (name.startsWith("mammo") ? other.getKey().startsWith("mammo") : true)
                        && (name.startsWith("cxr") ? other.getKey().matches("(cxr|pneu).*") : true)
                        && (name.startsWith("busbra") ? other.getKey().startsWith("busi") : true)
                        && name.contains("tissue") == other.getKey().contains("tissue"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();

        run(
                "import",
                "with-shift",
                data.resolve(main + ".npz").toString(),
                "--shift",
                "x=" + data.resolve(name + ".npz"));

        assertThat(counts(gateway.manifest("with-shift"), "shift-x"))
                .as(name)
                .isEqualTo(row.counts().get(2));
    }

    @Test
    void theFoldersOfSamplesAreImportedWithAllOfTheirFiles() {
        run("import", "ultrasound", data.resolve("samples/ultrasound").toString(), "--side", "64", "--strict");
        run(
                "import",
                "xray",
                data.resolve("samples/chest_xray").toString(),
                "--side",
                "64",
                "--strict",
                "--patient-pattern",
                "(person\\d+)_");
        run(
                "import",
                "mammogram",
                data.resolve("samples/mammogram").toString(),
                "--side",
                "64",
                "--strict",
                "--fit",
                "crop");

        assertThat(gateway.manifest("ultrasound").classes()).containsExactly("benign", "malignant", "normal");
        assertThat(total(gateway.manifest("ultrasound"))).containsExactly(4, 4, 4);
        assertThat(gateway.manifest("xray").classes()).containsExactly("normal", "pneumonia");
        assertThat(total(gateway.manifest("xray"))).containsExactly(5, 6);
        assertThat(gateway.manifest("mammogram").classes()).containsExactly("benign", "malignant", "normal");
        assertThat(total(gateway.manifest("mammogram"))).containsExactly(5, 5, 2);
    }

    @Test
    void aCopyOfTrainingImagesInTheTestSplitIsSaid() throws IOException {
        run("import", "dup", data.resolve("cases/dup.npz").toString());

        assertThat(gateway.manifest("dup").preparation().findings().exactDuplicates())
                .isEqualTo(96);
        assertThat(gateway.manifest("dup").preparation().findings().acrossSplits())
                .isEqualTo(96);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("dup.npz image ")
                .contains("96 duplicates: 96 with the same pixels, 0 that look the same, 96 of them in two splits");
    }

    @Test
    void sixteenBitImagesAreRefusedUnderTheirOwnName() {
        assertThat(Rtda.run(
                        terminal(),
                        "import",
                        "x",
                        data.resolve("cases/uint16.npz").toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("rtda: uint16.npz: train_images must be of dtype |u1 (uint8), was <u2");
    }

    @Test
    void theCasesOfOtherProgramsAreImported() {
        for (String name : List.of(
                "sorted",
                "breastmnist",
                "retina5",
                "imbal",
                "one_of_class",
                "val_one_class",
                "lab_u8",
                "lab_be_i4",
                "lab_bool",
                "py2long",
                "julia_labels")) {
            run("import", name, data.resolve("cases/" + name + ".npz").toString());
        }
        assertThat(gateway.manifest("breastmnist").healthyClass()).isEqualTo(1);
    }

    private static String counts(DatasetManifest manifest, String split) {
        return String.join(
                "/",
                manifest.split(split).classCounts().stream()
                        .map(String::valueOf)
                        .toList());
    }

    /** Over all splits, by class. */
    private static List<Integer> total(DatasetManifest manifest) {
        int[] total = new int[manifest.classes().size()];
        manifest.splits().values().forEach(split -> {
            for (int label = 0; label < total.length; label++) {
                total[label] += split.classCounts().get(label);
            }
        });
        return new ArrayList<>(Arrays.stream(total).boxed().toList());
    }

    private void run(String... arguments) {
        assertThat(Rtda.run(terminal(), arguments))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    private Terminal terminal() {
        return new Terminal(
                temporary,
                temporary.resolve("home"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Map.of("RTDA_GATEWAY", gateway.address()));
    }
}
