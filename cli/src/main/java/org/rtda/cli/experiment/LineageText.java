package org.rtda.cli.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A lineage as indented lines, from the experiment down to the weights. Fields that this class does not know are only in the
 * JSON.
 */
final class LineageText {
    private static final String NOT_STATED = "not stated";

    private final List<String> lines = new ArrayList<>();

    private LineageText() {}

    static String of(JsonNode lineage) {
        LineageText text = new LineageText();
        text.add(
                0,
                "experiment",
                lineage.path("experiment").asText() + ", submitted " + value(lineage.path("submittedAt")));
        text.add(0, "specification", lineage.path("specification").toString());
        text.dataset(lineage.path("dataset"));
        text.add(
                0,
                "initial weights",
                lineage.path("initialWeights").isObject()
                        ? object(lineage.path("initialWeights"))
                        : "drawn from the seed "
                                + value(lineage.path("specification").path("seed")));
        text.result(lineage.path("result"));
        return String.join("\n", text.lines);
    }

    private void dataset(JsonNode dataset) {
        add(0, "data set", value(dataset.path("name")) + ", manifest " + object(dataset.path("manifest")));
        JsonNode details = dataset.path("details");
        if (!details.isObject()) {
            add(1, "missing", value(dataset.path("missing")));
            return;
        }
        add(1, "imported", value(details.path("importedAt")));
        add(1, "provenance", value(details.path("provenance")));
        add(1, "licence", value(details.path("licence")));
        add(
                1,
                "preparation",
                details.path("preparation").isObject()
                        ? details.path("preparation").toString()
                        : "not stated: the images came as arrays");
        boolean isMissing = dataset.path("missing").isTextual();
        if (isMissing) {
            add(1, "missing", value(dataset.path("missing")));
        }
        details.path("splits").properties().forEach(split -> split(split.getKey(), split.getValue(), isMissing));
    }

    /** @param isMissing whether what names the source files is: then it is not known in how many files the images came */
    private void split(String name, JsonNode split, boolean isMissing) {
        JsonNode sourceFiles = split.path("sourceFiles");
        add(
                1,
                name,
                value(split.path("images")) + " images of "
                        + (sourceFiles.isNumber()
                                ? sourceFiles.asText() + " files, digest of their checksums "
                                : isMissing ? "source files that are not known, SHA-256 " : "an array file, SHA-256 ")
                        + value(split.path("sourceSha256")));
        split.path("files")
                .forEach(file -> lines.add("    " + value(file.path("sha256")) + "  " + value(file.path("file"))));
    }

    private void result(JsonNode result) {
        if (!result.isObject()) {
            add(0, "result", "no checkpoint yet");
            return;
        }
        add(
                0,
                "result",
                (result.path("last").asBoolean() ? "final, " : "unfinished, ") + "epoch " + value(result.path("epoch"))
                        + ", step " + value(result.path("step")) + ", attempt " + value(result.path("attempt"))
                        + (result.path("selectedEpoch").isNumber()
                                ? ", of the best epoch " + value(result.path("selectedEpoch"))
                                : "")
                        + ", saved " + value(result.path("savedAt")));
        add(1, "weights", object(result.path("weights")));
        add(1, "ONNX model", object(result.path("model")));
    }

    private void add(int depth, String name, String value) {
        lines.add("  ".repeat(depth) + name + ": " + value);
    }

    private static String object(JsonNode ref) {
        return "SHA-256 " + value(ref.path("sha256")) + ", " + value(ref.path("sizeBytes")) + " bytes";
    }

    private static String value(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.asText().isBlank() ? NOT_STATED : node.asText();
    }
}
