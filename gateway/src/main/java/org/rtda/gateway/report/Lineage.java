package org.rtda.gateway.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rtda.contracts.CheckpointSaved;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.gateway.report.figures.ReportSource;

/**
 * Where a model comes from: experiment, specification, data set, preparation, source files, first and last weights. Every step is
 * pinned by a checksum.
 *
 * @param experiment id of the experiment
 * @param submittedAt when it was submitted, UTC
 * @param specification with all defaults filled in
 * @param dataset the import that the experiment pins
 * @param initialWeights the file with which training begins; null where the weights are drawn from the seed
 * @param result the newest checkpoint; null before there is one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Lineage(
        String experiment,
        Instant submittedAt,
        ExperimentSpec specification,
        Dataset dataset,
        ObjectRef initialWeights,
        Result result) {

    /**
     * @param name name of the data set
     * @param manifest the document that describes this import
     * @param details what the import says of itself; null, with the reason in {@code missing}, where the store does not give the manifest
     * @param missing what is not known, and why; null where all is there. Beside details it says that the source files are not known,
     *     because the store does not give what is known of the images
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Dataset(String name, ObjectRef manifest, Details details, String missing) {}

    /**
     * @param importedAt when the import ended, UTC
     * @param provenance where the images come from; empty where nobody said
     * @param licence under which the images may be used; empty where nobody said
     * @param preparation how the images were made from files; null where the images came as arrays and nobody said
     * @param splits by name: how many images, and from which files
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Details(
            Instant importedAt,
            String provenance,
            String licence,
            Preparation preparation,
            Map<String, Split> splits) {}

    /**
     * @param images how many
     * @param sourceFiles how many files they were read from; null where they came in one array file, and where it is missing
     * @param sourceSha256 of that file or, where every image has a file of its own, of their checksums, one a line; null where it is not
     *     known
     * @param files of each image, in the split's order; null where they were not asked for or are not known
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Split(int images, Integer sourceFiles, String sourceSha256, List<File> files) {}

    /**
     * @param sha256 of the file
     * @param file its name, where its owner had names kept, else a keyed hash of it
     */
    public record File(String sha256, String file) {}

    /**
     * @param epoch epochs done
     * @param step optimiser steps done
     * @param attempt of the training that saved it; grows each time the experiment changes hands
     * @param last whether training is complete with it
     * @param selectedEpoch whose weights these are where the best epoch is taken; null otherwise
     * @param savedAt when it was saved, UTC
     * @param weights safetensors file
     * @param model the same network as an ONNX file
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Result(
            int epoch,
            long step,
            long attempt,
            boolean last,
            Integer selectedEpoch,
            Instant savedAt,
            ObjectRef weights,
            ObjectRef model) {
        static Result of(CheckpointSaved checkpoint) {
            return new Result(
                    checkpoint.epoch(),
                    checkpoint.step(),
                    checkpoint.attempt(),
                    checkpoint.last(),
                    checkpoint.selectedEpoch(),
                    checkpoint.time(),
                    checkpoint.weights(),
                    checkpoint.model());
        }
    }

    /**
     * @param source with the manifest, where the store gives it
     * @param images what is known of each image; empty where nothing is
     * @param withFiles whether to name every file
     */
    static Lineage of(ReportSource source, Optional<PreparedImages> images, boolean withFiles) {
        DatasetRef dataset = source.submit().dataset();
        return new Lineage(
                source.submit().experimentId(),
                source.submit().time(),
                source.spec(),
                source.manifest()
                        .map(manifest -> new Dataset(
                                dataset.name(),
                                dataset.manifest(),
                                details(manifest, images, withFiles),
                                missing(manifest, images)))
                        .orElse(new Dataset(
                                dataset.name(),
                                dataset.manifest(),
                                null,
                                "the store does not give the manifest: the data set may have been removed")),
                source.spec().initialWeights(),
                source.checkpoint().map(Result::of).orElse(null));
    }

    /** Without this word every split would read as one that came in an array file. */
    private static String missing(DatasetManifest manifest, Optional<PreparedImages> images) {
        return manifest.images() != null && images.isEmpty()
                ? "the store does not give " + manifest.images().key()
                        + ", which names the source files: the data set may have been removed"
                : null;
    }

    private static Details details(DatasetManifest manifest, Optional<PreparedImages> images, boolean withFiles) {
        Map<String, Split> splits = new TreeMap<>();
        manifest.splits().forEach((name, split) -> {
            List<ImageRecord> records =
                    images.map(known -> known.splits().get(name)).orElse(null);
            boolean ofFiles = records != null && records.stream().anyMatch(record -> record.sourceSha256() != null);
            splits.put(
                    name,
                    new Split(
                            split.count(),
                            ofFiles
                                    ? (int) records.stream()
                                            .map(ImageRecord::sourceSha256)
                                            .distinct()
                                            .count()
                                    : null,
                            manifest.sourceSha256().get(name),
                            ofFiles && withFiles ? files(records) : null));
        });
        return new Details(
                manifest.importedAt(), manifest.provenance(), manifest.licence(), manifest.preparation(), splits);
    }

    private static List<File> files(List<ImageRecord> records) {
        List<File> files = new ArrayList<>();
        records.forEach(record -> files.add(new File(record.sourceSha256(), record.file())));
        return List.copyOf(files);
    }
}
