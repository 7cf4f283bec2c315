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
 * @param schemaVersion version of the format of the document
 * @param name name of the data set
 * @param channels 1 (grey) or 3 (RGB)
 * @param height of every image, in pixels
 * @param width of every image, in pixels
 * @param classes class names by label; label i means {@code classes.get(i)}
 * @param splits by name, as {@link SplitNames} has them: {@code train}, {@code val}, {@code test}, and {@code shift-LABEL} for each
 *     external test set
 * @param sourceSha256 by split: of the file it was read from
 * @param provenance where the images come from; empty where nobody said
 * @param licence under which the images may be used; empty where nobody said
 * @param importedAt when the import ended, UTC
 * @param modality one of the {@link KnownNames#MODALITIES}; null where nobody said (and in imports of earlier builds)
 * @param healthyClass the label that means no disease: sensitivity is about all others together. Null where
 *     nobody said; what is taken then, {@link HealthyClass} says
 * @param channelMeans mean of the training images' pixels, in [0,1], one a channel; null where the import did not measure it
 * @param channelDeviations their standard deviation (over all pixels, not of a sample), at least one grey level (1/255) so
 *     that one can divide by it; null likewise
 * @param preparation how the images were made from files; null where they came as arrays and nobody said
 * @param images the {@link PreparedImages}: of each image its source, patient and subgroups; null where they came as arrays and nobody said
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

    /**
     * @param count images in it
     * @param classCounts images of each label
     * @param blocks the objects that hold its images, in their order
     */
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

    /**
     * @param object the object that holds its images and labels
     * @param count images in it
     */
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

    /**
     * With what is known of its images.
     *
     * @param prepared of the document {@code images}
     */
    public DatasetManifest withImages(PreparedImages prepared, ObjectRef images) {
        return toBuilder()
                .preparation(prepared.preparation())
                .images(images)
                .subgroups(prepared.subgroupCounts())
                .build();
    }

    public DatasetManifest withImportedAt(Instant time) {
        return toBuilder().importedAt(time).build();
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

    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        return new Builder()
                .schemaVersion(schemaVersion)
                .name(name)
                .channels(channels)
                .height(height)
                .width(width)
                .classes(classes)
                .splits(splits)
                .sourceSha256(sourceSha256)
                .provenance(provenance)
                .licence(licence)
                .importedAt(importedAt)
                .modality(modality)
                .healthyClass(healthyClass)
                .channelMeans(channelMeans)
                .channelDeviations(channelDeviations)
                .preparation(preparation)
                .images(images)
                .subgroups(subgroups);
    }

    /** Sets components by name; one that is not set is absent. The schema is the newest. */
    public static final class Builder {
        private int schemaVersion = Event.SCHEMA_VERSION;
        private String name;
        private Integer channels;
        private Integer height;
        private Integer width;
        private List<String> classes;
        private Map<String, Split> splits;
        private Map<String, String> sourceSha256;
        private String provenance;
        private String licence;
        private Instant importedAt;
        private String modality;
        private Integer healthyClass;
        private List<Double> channelMeans;
        private List<Double> channelDeviations;
        private Preparation preparation;
        private ObjectRef images;
        private Map<String, Map<String, Integer>> subgroups;

        private Builder() {}

        public Builder schemaVersion(int schemaVersion) {
            this.schemaVersion = schemaVersion;
            return this;
        }

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public Builder channels(int channels) {
            this.channels = channels;
            return this;
        }

        public Builder height(int height) {
            this.height = height;
            return this;
        }

        public Builder width(int width) {
            this.width = width;
            return this;
        }

        public Builder classes(List<String> classes) {
            this.classes = classes;
            return this;
        }

        public Builder splits(Map<String, Split> splits) {
            this.splits = splits;
            return this;
        }

        public Builder sourceSha256(Map<String, String> sourceSha256) {
            this.sourceSha256 = sourceSha256;
            return this;
        }

        public Builder provenance(String provenance) {
            this.provenance = provenance;
            return this;
        }

        public Builder licence(String licence) {
            this.licence = licence;
            return this;
        }

        public Builder importedAt(Instant importedAt) {
            this.importedAt = importedAt;
            return this;
        }

        public Builder modality(String modality) {
            this.modality = modality;
            return this;
        }

        public Builder healthyClass(Integer healthyClass) {
            this.healthyClass = healthyClass;
            return this;
        }

        public Builder channelMeans(List<Double> channelMeans) {
            this.channelMeans = channelMeans;
            return this;
        }

        public Builder channelDeviations(List<Double> channelDeviations) {
            this.channelDeviations = channelDeviations;
            return this;
        }

        public Builder preparation(Preparation preparation) {
            this.preparation = preparation;
            return this;
        }

        public Builder images(ObjectRef images) {
            this.images = images;
            return this;
        }

        public Builder subgroups(Map<String, Map<String, Integer>> subgroups) {
            this.subgroups = subgroups;
            return this;
        }

        public DatasetManifest build() {
            return new DatasetManifest(
                    schemaVersion,
                    name,
                    Check.present("channels", channels),
                    Check.present("height", height),
                    Check.present("width", width),
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
                    preparation,
                    images,
                    subgroups);
        }
    }
}
