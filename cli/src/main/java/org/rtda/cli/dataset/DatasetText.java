package org.rtda.cli.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rtda.cli.rest.DatasetVersionEntry;
import org.rtda.cli.terminal.TextTable;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.HealthyClass;
import org.rtda.contracts.dataset.Preparation;

/** Describes a data set as text: the latest import in full, and a table of all imports. */
final class DatasetText {
    private static final int SHORT_HASH = 12;

    private final List<DatasetVersionEntry> versions;
    private final DatasetManifest latest;

    /** @param versions at least one */
    DatasetText(List<DatasetVersionEntry> versions) {
        this.versions = versions;
        this.latest = versions.stream()
                .filter(DatasetVersionEntry::latest)
                .findFirst()
                .orElse(versions.get(0))
                .manifest();
    }

    String text() {
        List<String> blocks = new ArrayList<>();
        blocks.add(facts());
        blocks.add(splits());
        if (latest.subgroups() != null && !latest.subgroups().isEmpty()) {
            blocks.add(subgroups());
        }
        blocks.add(imports());
        return String.join("\n\n", blocks);
    }

    private String facts() {
        List<String> lines = new ArrayList<>();
        lines.add(latest.name() + ": " + latest.channels() + " x " + latest.height() + " x " + latest.width()
                + " (channels, rows, columns), 8 bits");
        lines.add("modality: " + orNotStated(latest.modality()));
        lines.add("healthy class: "
                + HealthyClass.of(latest)
                        .map(healthy -> latest.classes().get(healthy.label())
                                + (healthy.assumed() ? " (" + HealthyClass.ASSUMED + ")" : ""))
                        .orElse("not stated"));
        lines.add("provenance: " + orNotStated(latest.provenance()));
        lines.add("licence: " + orNotStated(latest.licence()));
        lines.add("patients: " + patients());
        lines.addAll(preparation());
        return String.join("\n", lines);
    }

    private String patients() {
        Preparation.Splitting splitting =
                latest.preparation() == null ? null : latest.preparation().splitting();
        if (splitting == null || splitting.patients() == 0) {
            return "nobody says whose the images are, so one patient's may be in two splits";
        }
        return splitting.patients() + ", "
                + (splitting.sharedPatients() == 0
                        ? "none in two of train, val and test"
                        : splitting.sharedPatients() + " with images in more than one of train, val and test")
                + sharedWithShifts(splitting);
    }

    private static String sharedWithShifts(Preparation.Splitting splitting) {
        return splitting.sharedWithShifts() == null
                ? ""
                : splitting.sharedWithShifts().entrySet().stream()
                        .map(shared -> "; " + shared.getValue() + " of the external test set " + shared.getKey()
                                + " with images in the other splits, too")
                        .collect(Collectors.joining());
    }

    private List<String> preparation() {
        Preparation preparation = latest.preparation();
        if (preparation == null) {
            return List.of("preparation: not stated; nobody has looked for duplicates");
        }
        List<String> lines = new ArrayList<>();
        Preparation.Pixels pixels = preparation.pixels();
        lines.add("prepared by " + preparation.software() + " from " + preparation.source()
                + (pixels == null
                        ? ""
                        : ": side " + pixels.side() + ", " + pixels.fit() + ", " + pixels.resize()
                                + (pixels.window() == null ? "" : ", window " + pixels.window())
                                + (pixels.frame() == null ? "" : ", frame " + pixels.frame())
                                + (pixels.bitDepths() == null ? "" : ", " + pixels.depthsInWords())));
        Preparation.Splitting splitting = preparation.splitting();
        if (splitting != null) {
            lines.add("splits: "
                    + (splitting.shares() == null
                            ? "given"
                            : (splitting.by().equals("given") ? "val drawn from train" : "drawn by " + splitting.by())
                                    + ", "
                                    + splitting.shares().stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(","))
                                    + " percent, seed " + splitting.seed()));
        }
        Preparation.Findings found = preparation.findings();
        lines.add("left out: " + found.refusedFiles() + " files; duplicates: " + found.exactDuplicates() + " exact, "
                + found.nearDuplicates() + " near, " + found.acrossSplits() + " across splits, " + found.conflicting()
                + " under two labels; of one grey level: " + found.constantImages());
        return lines;
    }

    private String splits() {
        List<String> header = new ArrayList<>(List.of("split", "images"));
        header.addAll(latest.classes());
        TextTable table = new TextTable(header);
        DatasetsCommand.inOrder(latest).forEach(split -> {
            List<String> cells = new ArrayList<>(
                    List.of(split.getKey(), String.valueOf(split.getValue().count())));
            for (int label = 0; label < latest.classes().size(); label++) {
                cells.add(
                        label < split.getValue().classCounts().size()
                                ? String.valueOf(split.getValue().classCounts().get(label))
                                : "0");
            }
            table.row(cells);
        });
        return table.text();
    }

    private String subgroups() {
        TextTable table = new TextTable("subgroup", "images");
        latest.subgroups()
                .forEach((attribute, values) ->
                        values.forEach((value, count) -> table.row(attribute + " " + value, String.valueOf(count))));
        return table.text();
    }

    private String imports() {
        TextTable table = new TextTable("import", "imported", "images", "source", "used by");
        for (DatasetVersionEntry version : versions) {
            DatasetManifest manifest = version.manifest();
            table.row(
                    version.manifestSha256().substring(0, SHORT_HASH) + (version.latest() ? " (latest)" : ""),
                    String.valueOf(manifest.importedAt()),
                    DatasetsCommand.inWords(manifest),
                    sources(manifest.sourceSha256()),
                    version.experiments().isEmpty() ? "nobody" : String.join(", ", version.experiments()));
        }
        return table.text();
    }

    private static String sources(Map<String, String> sha256) {
        return sha256.values().stream()
                .distinct()
                .map(hash -> hash.substring(0, Math.min(SHORT_HASH, hash.length())))
                .collect(Collectors.joining(" "));
    }

    private static String orNotStated(String text) {
        return text == null || text.isBlank() ? "not stated" : text;
    }
}
