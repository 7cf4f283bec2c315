package org.rtda.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.contracts.dataset.SplitNames;

/**
 * Brings data sets into the store. Everything is checked before anything is written, and the manifest is written last,
 * so an import that fails leaves no data set, and one that another import replaces stays readable for whoever pinned it.
 */
public final class DatasetImporter {
    /** A block holds at most this many images, fewer when they are large. */
    static final int BLOCK_IMAGES = 512;

    static final int BLOCK_BYTES = 16 << 20;

    private static final int FEWEST_CLASSES = 2;

    private final ArtifactStore store;
    private final Clock clock;

    public DatasetImporter(ArtifactStore store) {
        this(store, Clock.systemUTC());
    }

    DatasetImporter(ArtifactStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Imports a data set. Labels 0 to K-1 are all found in {@code train}, K at least 2; every split has the shape of {@code
     * train} and labels of its classes. The same content again changes nothing.
     *
     * <p>Modality and healthy class that are not said are taken from what is known of the public data set with whose name the
     * data set's name begins, or the source's.
     *
     * @return what is in the store now
     * @throws InvalidDatasetException when the source is no such data set, with the reason; nothing was imported
     * @throws InvalidFieldException when there is no such healthy class, or two classes have the same name or one has none;
     *     nothing was imported
     * @throws DatasetBusyException when the name is being removed; nothing was imported
     */
    public DatasetManifest importFrom(String name, DatasetSource source, DatasetDescription description) {
        Check.name("dataset", name);
        try (OpenDataset opened = source.open()) {
            Map<String, SplitImages> splits = opened.splits();
            List<String> classes = classes(splits, description.classes());
            // labels of one's own files need not be those of a public set, whatever the files are called
            Optional<KnownDataset> known =
                    isOfFiles(description) ? Optional.empty() : KnownDataset.of(name, source.name(), classes.size());
            String modality = description.modality() != null
                    ? description.modality()
                    : known.map(KnownDataset::modality).orElse(null);
            Integer healthy = description.healthyClass() != null
                    ? Integer.valueOf(labelOf(description.healthyClass(), classes))
                    : known.map(KnownDataset::healthy).orElse(null);
            requireOneRecordAnImage(splits, description.prepared());
            requireFewValues(description.prepared());
            DatasetDescription complete = description.withClasses(classes).withModality(modality);
            // a removal of the name would take blocks away that are written before the manifest
            return new DatasetClaims(store, clock)
                    .during(name, DatasetClaims.Kind.IMPORT, claimed -> new DatasetImporter(claimed, clock)
                            .write(name, splits, complete, healthy));
        }
    }

    private static boolean isOfFiles(DatasetDescription description) {
        return description.prepared() != null
                && !description.prepared().splits().isEmpty();
    }

    private static void requireOneRecordAnImage(Map<String, SplitImages> splits, PreparedImages prepared) {
        if (prepared == null) {
            return;
        }
        Map<String, Integer> described = new TreeMap<>();
        prepared.splits().forEach((split, images) -> described.put(split, images.size()));
        Map<String, Integer> there = new TreeMap<>();
        splits.forEach((split, images) -> there.put(split, images.count()));
        // an external test set may have come as arrays, of whose images nothing is known
        if (!there.entrySet().containsAll(described.entrySet())) {
            throw new InvalidFieldException("prepared.splits (images)", described, "those of the arrays: " + there);
        }
    }

    /** Evaluations are told by subgroup, so how many there are bounds their messages. */
    private static void requireFewValues(PreparedImages prepared) {
        if (prepared == null) {
            return;
        }
        prepared.subgroupCounts().forEach((attribute, values) -> {
            String field = "prepared.splits.subgroups." + attribute;
            Check.inRange(field + " (how many values)", values.size(), 1, ImageRecord.Subgroups.MOST_VALUES);
            values.keySet().forEach(value -> Check.line(field, value, ImageRecord.Subgroups.LONGEST_VALUE));
        });
    }

    /**
     * The classes of splits that can be imported together, by label; it writes nothing.
     *
     * @param classNames by label; empty names them by their numbers
     * @throws InvalidDatasetException when classes, labels or shapes are not those of one data set, with the reason
     * @throws InvalidFieldException when two classes have the same name or one has none
     */
    public static List<String> classes(Map<String, SplitImages> splits, List<String> classNames) {
        SplitImages train = splits.get(SplitNames.TRAIN);
        int count = Arrays.stream(train.labels()).max().orElseThrow() + 1;
        List<Integer> perClass = perClass(train, count);
        if (count < FEWEST_CLASSES) {
            throw new InvalidDatasetException(
                    train.file() + ": train_labels must hold at least 2 classes, every label was 0");
        }
        if (perClass.contains(0)) {
            throw new InvalidDatasetException(train.file() + ": train_labels must hold every class from 0 to "
                    + (count - 1) + ", class " + perClass.indexOf(0) + " has no image");
        }
        if (!classNames.isEmpty() && classNames.size() != count) {
            throw new InvalidDatasetException(
                    "there must be one name a class, got " + classNames + " for " + count + " classes");
        }
        requireDistinctNames(classNames);
        splits.forEach((split, images) -> {
            if (!images.shapeText().equals(train.shapeText())) {
                throw new InvalidDatasetException(
                        images.file() + ": images of split " + split + " must be " + train.shapeText()
                                + " (channels x height x width) as those of train, were " + images.shapeText());
            }
            int largest = Arrays.stream(images.labels()).max().orElseThrow();
            if (largest >= count) {
                throw new InvalidDatasetException(images.file() + ": labels of split " + split + " must be in [0, "
                        + (count - 1) + "], the classes of train, found " + largest);
            }
        });
        return classNames.isEmpty()
                ? IntStream.range(0, count).mapToObj(Integer::toString).toList()
                : classNames;
    }

    /** Figures, keys of predictions and the healthy class go by these names. */
    private static void requireDistinctNames(List<String> names) {
        for (int label = 0; label < names.size(); label++) {
            String name = names.get(label);
            if (name.isBlank()) {
                throw new InvalidFieldException(
                        "classes", names, "a name for every class; that of label " + label + " is blank");
            }
            int first = names.indexOf(name);
            if (first < label) {
                throw new InvalidFieldException(
                        "classes",
                        names,
                        "a different name for each class; labels " + first + " and " + label + " are both named "
                                + name);
            }
        }
    }

    /** A name goes before a label, so that classes that are named by other numbers are found, too. */
    private static int labelOf(String wanted, List<String> classes) {
        int named = classes.indexOf(wanted);
        if (named >= 0) {
            return named;
        }
        List<String> labels =
                IntStream.range(0, classes.size()).mapToObj(Integer::toString).toList();
        if (!labels.contains(wanted)) {
            throw new InvalidFieldException(
                    "healthy",
                    wanted,
                    "one of " + classes + (classes.equals(labels) ? "" : ", or a label of " + labels));
        }
        return labels.indexOf(wanted);
    }

    private static List<Integer> perClass(SplitImages split, int classes) {
        int[] counts = new int[classes];
        for (int label : split.labels()) {
            counts[label]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    private DatasetManifest write(
            String name, Map<String, SplitImages> sound, DatasetDescription description, Integer healthyClass) {
        Map<String, DatasetManifest.Split> splits = new LinkedHashMap<>();
        sound.forEach((split, images) -> splits.put(
                split,
                new DatasetManifest.Split(
                        images.count(), perClass(images, description.classes().size()), writeBlocks(name, images))));
        SplitImages train = sound.get(SplitNames.TRAIN);
        PixelStatistics pixels = PixelStatistics.of(train);
        DatasetManifest ofArrays = DatasetManifest.builder()
                .name(name)
                .channels(train.channels())
                .height(train.height())
                .width(train.width())
                .classes(description.classes())
                .splits(splits)
                .sourceSha256(sources(sound, description.prepared()))
                .provenance(description.provenance())
                .licence(description.licence())
                .importedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .modality(description.modality())
                .healthyClass(healthyClass)
                .channelMeans(pixels.means())
                .channelDeviations(pixels.deviations())
                .build();
        DatasetManifest manifest = description.prepared() == null
                ? ofArrays
                : ofArrays.withImages(description.prepared(), writeRecords(name, description.prepared()));
        Optional<DatasetManifest> latest = new Datasets(store).latest(name);
        DatasetManifest kept =
                latest.filter(there -> sameButForTime(there, manifest)).orElse(manifest);
        byte[] json = kept == manifest
                ? EventCodec.write(manifest)
                : store.find(ObjectKeys.manifest(name)).orElseGet(() -> EventCodec.write(kept));
        store.put(Datasets.pinned(name, json).manifest().key(), json);
        store.put(ObjectKeys.manifest(name), json);
        return kept;
    }

    private List<DatasetManifest.Block> writeBlocks(String name, SplitImages split) {
        int perBlock = Math.max(1, Math.min(BLOCK_IMAGES, BLOCK_BYTES / (split.imageBytes() + 1)));
        List<DatasetManifest.Block> blocks = new ArrayList<>();
        try (SplitImages.Reader images = split.images()) {
            for (int from = 0; from < split.count(); from += perBlock) {
                int to = Math.min(from + perBlock, split.count());
                ByteArrayOutputStream block = new ByteArrayOutputStream((to - from) * (split.imageBytes() + 1));
                for (int i = from; i < to; i++) {
                    block.writeBytes(images.next());
                }
                for (int i = from; i < to; i++) {
                    block.write(split.labels()[i]);
                }
                byte[] content = block.toByteArray();
                ObjectRef object = store.put(ObjectKeys.block(name, Sha256.hex(content)), content);
                blocks.add(new DatasetManifest.Block(object, to - from));
            }
        }
        return blocks;
    }

    /** Null where there are none: what was prepared may be all that is known. */
    private ObjectRef writeRecords(String name, PreparedImages prepared) {
        if (prepared.splits().isEmpty()) {
            return null;
        }
        byte[] content = EventCodec.write(prepared);
        return store.put(ObjectKeys.images(name, Sha256.hex(content)), content);
    }

    /**
     * By split: the file's checksum or, where every image has a file of its own, the checksum of theirs, one a line. So the same
     * files make the same data set, however they were packed for the journey.
     */
    private static Map<String, String> sources(Map<String, SplitImages> splits, PreparedImages prepared) {
        Map<String, String> sources = new TreeMap<>();
        splits.forEach((split, images) -> {
            List<ImageRecord> records =
                    prepared == null ? List.of() : prepared.splits().getOrDefault(split, List.of());
            boolean ofFiles = !records.isEmpty() && records.stream().allMatch(record -> record.sourceSha256() != null);
            sources.put(
                    split,
                    ofFiles
                            ? Sha256.hex(records.stream()
                                    .map(ImageRecord::sourceSha256)
                                    .collect(Collectors.joining("\n"))
                                    .getBytes(StandardCharsets.US_ASCII))
                            : images.sha256());
        });
        return sources;
    }

    private static boolean sameButForTime(DatasetManifest there, DatasetManifest made) {
        return there.equals(made.withImportedAt(there.importedAt()));
    }
}
