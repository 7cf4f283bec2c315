package org.rtda.gateway.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.Preparation;

/** What an import has said of files, patients and people, as sentences of a model card. Empty for what it has not said. */
final class PreparationFacts {
    private PreparationFacts() {}

    /** The modality, and what is known of scanners; empty where the modality is unknown. */
    static String acquisition(DatasetManifest data) {
        return data.modality() == null
                ? ""
                : data.modality()
                        + scanners(data)
                                .map(scanners -> "; " + scanners + "; protocols are unknown")
                                .orElse("; devices and protocols are unknown");
    }

    /** The images as they were imported, and how they were prepared before. */
    static String preparation(DatasetManifest data) {
        return data.channels() + " x " + data.height() + " x " + data.width()
                + " pixels of 8 bits as imported, scaled to [0,1]; "
                + pixels(data).orElse("preparation before the import is unknown");
    }

    /** The splits with their images by class, and how images were assigned to them. */
    static String partitions(DatasetManifest data) {
        return new TreeMap<>(data.splits())
                        .entrySet().stream()
                                .map(split ->
                                        split.getKey() + " " + split.getValue().count() + " "
                                                + split.getValue().classCounts())
                                .collect(Collectors.joining(", "))
                + " images [by class]; "
                + assignment(data).orElse("how they were assigned is unknown");
    }

    static Optional<String> pixels(DatasetManifest data) {
        return Optional.ofNullable(data.preparation()).flatMap(preparation -> Optional.ofNullable(preparation.pixels())
                .map(pixels -> "prepared by " + preparation.software() + " from " + preparation.source()
                        + ": squares of " + pixels.side() + " pixels, " + pixels.fit() + ", " + pixels.resize()
                        + ", window " + (pixels.window() == null ? "as each file says" : pixels.window())
                        + (pixels.frame() == null ? "" : ", frame " + pixels.frame())
                        + (pixels.bitDepths() == null ? "" : ", " + pixels.depthsInWords())));
    }

    static Optional<String> assignment(DatasetManifest data) {
        return splitting(data).map(splitting -> {
            if (splitting.shares() == null) {
                return "given with the images";
            }
            String drawn = splitting.shares().stream().map(String::valueOf).collect(Collectors.joining(","))
                    + " percent, seed " + splitting.seed();
            return splitting.by().equals("given")
                    ? "train and test given, val drawn from train, " + drawn
                    : "drawn by " + splitting.by() + ", " + drawn;
        });
    }

    static Optional<String> patientsApart(DatasetManifest data) {
        return splitting(data)
                .filter(splitting -> splitting.patients() > 0)
                .map(splitting -> splitting.sharedPatients() == 0
                        ? "yes, as far as patients are known: " + splitting.patients() + " patients"
                        : "no: " + splitting.sharedPatients() + " of " + splitting.patients()
                                + " patients have images in more than one");
    }

    /** Images of all partitions by what is said of people, sides and views. */
    static Optional<String> characteristics(DatasetManifest data) {
        return said(data, List.of("sex", "ageBand", "laterality", "view"))
                .map(text -> text + " (images, over all partitions)");
    }

    /** Images of all partitions by site. */
    static Optional<String> sites(DatasetManifest data) {
        return said(data, List.of("site")).map(text -> text + " (images, over all partitions); countries are unknown");
    }

    /** Images of all partitions by scanner. */
    static Optional<String> scanners(DatasetManifest data) {
        return said(data, List.of("scanner"));
    }

    private static Optional<String> said(DatasetManifest data, List<String> attributes) {
        if (data.subgroups() == null) {
            return Optional.empty();
        }
        String text = attributes.stream()
                .filter(attribute -> data.subgroups().containsKey(attribute))
                .map(attribute -> (attribute.equals("ageBand") ? "age" : attribute) + ": "
                        + counts(data.subgroups().get(attribute)))
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String counts(Map<String, Integer> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + " " + value.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Optional<Preparation.Splitting> splitting(DatasetManifest data) {
        return Optional.ofNullable(data.preparation()).map(Preparation::splitting);
    }
}
