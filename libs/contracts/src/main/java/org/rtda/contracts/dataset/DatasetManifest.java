package org.rtda.contracts.dataset;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.contracts.check.KnownNames;

/**
 * What an import wrote. A block is {@code count} images (uint8, C x H x W each) followed by {@code count} labels (uint8).
 *
 * @param classes class names by label; label i means {@code classes.get(i)}
 * @param splits {@code train}, {@code val}, {@code test}, and {@code shift-LABEL} for each external test set
 * @param sourceSha256 by split: of the file it was read from
 * @param modality one of {@link KnownNames#MODALITIES}; null where nobody said (and in imports of earlier builds)
 * @param healthyClass the label that means no disease: sensitivity is about all others together. Null where
 *     nobody said; what is taken then, {@link HealthyClass} says
 * @param channelMeans mean of the training images' pixels, in [0,1], one a channel; null where the import did not measure it
 * @param channelDeviations their standard deviation (over all pixels, not of a sample), at least one grey level (1/255) so
 *     that one can divide by it; null likewise
 * @param preparation how the images were made from files; null where they came as arrays and nobody said
 * @param images the {@link PreparedImages}: of each image its source, patient and subgroups; null likewise
 * @param subgroups images by attribute and value, over all splits, for example {@code sex: {F: 120, M: 80}}, of the attributes
 *     that {@link ImageRecord.Subgroups} names and that are said of an image; null likewise
 */
public record DatasetManifest(
        int schemaVersion,
        String name,
        int channels,
        int height,
        int width,
        List<String> classes,
        Map<String, Split> splits,
        Map<String, String> sourceSha256,
        String provenance,
        String licence,
        Instant importedAt,
        String modality,
        Integer healthyClass,
        List<Double> channelMeans,
        List<Double> channelDeviations,
        Preparation preparation,
        ObjectRef images,
        Map<String, Map<String, Integer>> subgroups) {

    /** Prefix of the names of external test sets' splits. */
    public static final String SHIFT_PREFIX = "shift-";

    /** @param classCounts images of each label */
    public record Split(int count, List<Integer> classCounts, List<Block> blocks) {
        public Split {
            classCounts = Check.copyOf("classCounts", classCounts);
            blocks = Check.copyOf("blocks", blocks);
        }

        /** Those of the data set's classes that no image of this split is of, in their order. */
        public List<String> classesWithoutImages(List<String> classes) {
            return IntStream.range(0, classes.size())
                    .filter(label -> label >= classCounts.size() || classCounts.get(label) == 0)
                    .mapToObj(classes::get)
                    .toList();
        }
    }

    /** @param count images in it */
    public record Block(ObjectRef object, int count) {
        public Block {
            Check.present("object", object);
        }
    }

    public DatasetManifest {
        Check.inRange("schemaVersion", schemaVersion, 1, Event.SCHEMA_VERSION);
        Check.name("name", name);
        classes = Check.copyOf("classes", classes);
        splits = Check.copyOf("splits", splits);
        sourceSha256 = Check.copyOf("sourceSha256", sourceSha256);
        if (modality != null) {
            Check.oneOf("modality", modality, KnownNames.MODALITIES);
        }
        if (healthyClass != null) {
            Check.inRange("healthyClass", healthyClass, 0, classes.size() - 1);
        }
        channelMeans = perChannel("channelMeans", channelMeans, channels);
        channelDeviations = perChannel("channelDeviations", channelDeviations, channels);
        if (subgroups != null) {
            Map<String, Map<String, Integer>> copies = new LinkedHashMap<>();
            subgroups.forEach((attribute, values) -> copies.put(attribute, Check.copyOf("subgroups", values)));
            subgroups = Check.copyOf("subgroups", copies);
        }
    }

    /** Of images that came as arrays. */
    public DatasetManifest(
            int schemaVersion,
            String name,
            int channels,
            int height,
            int width,
            List<String> classes,
            Map<String, Split> splits,
            Map<String, String> sourceSha256,
            String provenance,
            String licence,
            Instant importedAt,
            String modality,
            Integer healthyClass,
            List<Double> channelMeans,
            List<Double> channelDeviations) {
        this(
                schemaVersion,
                name,
                channels,
                height,
                width,
                classes,
                splits,
                sourceSha256,
                provenance,
                licence,
                importedAt,
                modality,
                healthyClass,
                channelMeans,
                channelDeviations,
                null,
                null,
                null);
    }

    /** Of an import that did not measure the pixels. */
    public DatasetManifest(
            int schemaVersion,
            String name,
            int channels,
            int height,
            int width,
            List<String> classes,
            Map<String, Split> splits,
            Map<String, String> sourceSha256,
            String provenance,
            String licence,
            Instant importedAt,
            String modality,
            Integer healthyClass) {
        this(
                schemaVersion,
                name,
                channels,
                height,
                width,
                classes,
                splits,
                sourceSha256,
                provenance,
                licence,
                importedAt,
                modality,
                healthyClass,
                null,
                null);
    }

    /**
     * With what is known of its images.
     *
     * @param prepared of the document {@code images}
     */
    public DatasetManifest withImages(PreparedImages prepared, ObjectRef images) {
        return new DatasetManifest(
                schemaVersion,
                name,
                channels,
                height,
                width,
                classes,
                splits,
                sourceSha256,
                provenance,
                licence,
                importedAt,
                modality,
                healthyClass,
                channelMeans,
                channelDeviations,
                prepared.preparation(),
                images,
                prepared.subgroupCounts());
    }

    public DatasetManifest withImportedAt(Instant time) {
        return new DatasetManifest(
                schemaVersion,
                name,
                channels,
                height,
                width,
                classes,
                splits,
                sourceSha256,
                provenance,
                licence,
                time,
                modality,
                healthyClass,
                channelMeans,
                channelDeviations,
                preparation,
                images,
                subgroups);
    }

    private static List<Double> perChannel(String field, List<Double> values, int channels) {
        if (values == null) {
            return null;
        }
        Check.inRange(field + " (how many)", values.size(), channels, channels);
        return Check.copyOf(field, values);
    }

    /** @throws InvalidFieldException when there is no such split; names the known ones */
    public Split split(String split) {
        Check.oneOf("split", split, splits.keySet().stream().sorted().toList());
        return splits.get(split);
    }
}
