package org.rtda.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * Brings data sets into the store. Everything is checked before anything is written, and the manifest is written last,
 * so an import that fails leaves no data set, and one that another import replaces stays readable for whoever pinned it.
 */
public final class DatasetImporter {
    /** A block holds at most this many images, fewer when they are large. */
    static final int BLOCK_IMAGES = 512;

    static final int BLOCK_BYTES = 16 << 20;

    private static final List<String> SPLITS = List.of("train", "val", "test");
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

    /** As the longer form, with classes named by their labels: {@code 0}, {@code 1}, ... */
    public DatasetManifest importNpz(
            String name, Path npz, Map<String, Path> shifts, String provenance, String licence) {
        return importNpz(name, npz, shifts, List.of(), provenance, licence);
    }

    /**
     * Imports a file in the layout of MedMNIST: {@code train_images}, {@code train_labels}, and likewise {@code val} and
     * {@code test}; images uint8, N x H x W, N x H x W x 1 or N x H x W x 3, sides 8 to 1024; labels whole numbers, N or
     * N x 1. Labels 0 to K-1 are all found in {@code train}, K at least 2. The same content again changes nothing.
     *
     * <p>Nothing is said of the images: as the longest form with neither modality nor healthy class.
     *
     * @param shifts by label: files with {@code test_images} and {@code test_labels} of the same shape and classes, which
     *     become the splits {@code shift-LABEL}; other arrays in them are left alone
     * @param classNames by label; empty names them by their numbers
     * @return what is in the store now
     * @throws InvalidDatasetException when a file is not such a data set, with the reason; nothing was imported
     */
    public DatasetManifest importNpz(
            String name,
            Path npz,
            Map<String, Path> shifts,
            List<String> classNames,
            String provenance,
            String licence) {
        return importNpz(name, npz, shifts, classNames, provenance, licence, null, null);
    }

    /** As the longest form, of files that are called as they lie. */
    public DatasetManifest importNpz(
            String name,
            Path npz,
            Map<String, Path> shifts,
            List<String> classNames,
            String provenance,
            String licence,
            String modality,
            String healthyClass) {
        Map<String, NpzSource> named = new TreeMap<>();
        shifts.forEach((label, file) -> named.put(label, NpzSource.of(file)));
        return importNpz(name, NpzSource.of(npz), named, classNames, provenance, licence, modality, healthyClass);
    }

    /**
     * As the shorter form, with what the images mean. Where that is not said, it is taken from what is known of the public data
     * set with whose name the data set's name begins, or the file's.
     *
     * @param modality one of {@link KnownNames#MODALITIES}, by which corruptions are chosen; null where nobody says
     * @param healthyClass name or label of the class that means no disease; null where nobody says
     * @throws org.rtda.contracts.check.InvalidFieldException when the modality is not known, there is no such class, or two
     *     classes have the same name or one has none; nothing was imported
     */
    public DatasetManifest importNpz(
            String name,
            NpzSource npz,
            Map<String, NpzSource> shifts,
            List<String> classNames,
            String provenance,
            String licence,
            String modality,
            String healthyClass) {
        Check.name("dataset", name);
        Check.present("provenance", provenance);
        Check.present("licence", licence);
        if (modality != null) {
            Check.oneOf("modality", modality, KnownNames.MODALITIES);
        }
        shifts.keySet().forEach(label -> Check.name("shift", label));
        List<NpzFile> open = new ArrayList<>();
        try {
            Map<String, NpzSplit> splits = new LinkedHashMap<>();
            Map<String, String> sources = new TreeMap<>();
            NpzFile main = opened(npz, open);
            String mainSha256 = sha256(npz.path());
            for (String split : SPLITS) {
                splits.put(split, NpzSplit.of(main, split));
                sources.put(split, mainSha256);
            }
            for (Map.Entry<String, NpzSource> shift : new TreeMap<>(shifts).entrySet()) {
                String split = DatasetManifest.SHIFT_PREFIX + shift.getKey();
                splits.put(split, NpzSplit.of(opened(shift.getValue(), open), "test"));
                sources.put(split, sha256(shift.getValue().path()));
            }
            List<String> classes = classes(splits, classNames);
            Optional<KnownDataset> known = KnownDataset.of(name, npz.name(), classes.size());
            String ofModality = modality != null
                    ? modality
                    : known.map(KnownDataset::modality).orElse(null);
            Integer healthy = healthyClass != null
                    ? Integer.valueOf(labelOf(healthyClass, classes))
                    : known.map(KnownDataset::healthy).orElse(null);
            return write(name, splits, sources, classes, provenance, licence, ofModality, healthy);
        } finally {
            open.forEach(NpzFile::close);
        }
    }

    private static NpzFile opened(NpzSource source, List<NpzFile> open) {
        NpzFile file = NpzFile.open(source);
        open.add(file);
        return file;
    }

    private static List<String> classes(Map<String, NpzSplit> splits, List<String> classNames) {
        NpzSplit train = splits.get("train");
        int count = Arrays.stream(train.labels()).max().orElseThrow() + 1;
        List<Integer> perClass = perClass(train, count);
        if (count < FEWEST_CLASSES) {
            throw new InvalidDatasetException("train_labels must hold at least 2 classes, every label was 0");
        }
        if (perClass.contains(0)) {
            throw new InvalidDatasetException("train_labels must hold every class from 0 to " + (count - 1) + ", class "
                    + perClass.indexOf(0) + " has no image");
        }
        if (!classNames.isEmpty() && classNames.size() != count) {
            throw new InvalidDatasetException(
                    "there must be one name a class, got " + classNames + " for " + count + " classes");
        }
        requireDistinctNames(classNames);
        splits.forEach((split, images) -> {
            if (!images.shapeText().equals(train.shapeText())) {
                throw new InvalidDatasetException("images of split " + split + " must be " + train.shapeText()
                        + " (channels x height x width) as those of train, were " + images.shapeText());
            }
            int largest = Arrays.stream(images.labels()).max().orElseThrow();
            if (largest >= count) {
                throw new InvalidDatasetException("labels of split " + split + " must be in [0, " + (count - 1)
                        + "], the classes of train, found " + largest);
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

    private static List<Integer> perClass(NpzSplit split, int classes) {
        int[] counts = new int[classes];
        for (int label : split.labels()) {
            counts[label]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    private DatasetManifest write(
            String name,
            Map<String, NpzSplit> sound,
            Map<String, String> sources,
            List<String> classes,
            String provenance,
            String licence,
            String modality,
            Integer healthyClass) {
        Map<String, DatasetManifest.Split> splits = new LinkedHashMap<>();
        sound.forEach((split, images) -> splits.put(
                split,
                new DatasetManifest.Split(
                        images.count(), perClass(images, classes.size()), writeBlocks(name, images))));
        NpzSplit train = sound.get("train");
        PixelStatistics pixels = PixelStatistics.of(train);
        DatasetManifest manifest = new DatasetManifest(
                1,
                name,
                train.channels(),
                train.height(),
                train.width(),
                classes,
                splits,
                sources,
                provenance,
                licence,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                modality,
                healthyClass,
                pixels.means(),
                pixels.deviations());
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

    private List<DatasetManifest.Block> writeBlocks(String name, NpzSplit split) {
        int perBlock = Math.max(1, Math.min(BLOCK_IMAGES, BLOCK_BYTES / (split.imageBytes() + 1)));
        List<DatasetManifest.Block> blocks = new ArrayList<>();
        try (NpzFile.ValueStream images = split.images()) {
            for (int from = 0; from < split.count(); from += perBlock) {
                int to = Math.min(from + perBlock, split.count());
                ByteArrayOutputStream block = new ByteArrayOutputStream((to - from) * (split.imageBytes() + 1));
                for (int i = from; i < to; i++) {
                    block.writeBytes(split.next(images));
                }
                for (int i = from; i < to; i++) {
                    block.write(split.labels()[i]);
                }
                byte[] content = block.toByteArray();
                ObjectRef object = store.put(ObjectKeys.block(name, Content.sha256(content)), content);
                blocks.add(new DatasetManifest.Block(object, to - from));
            }
        }
        return blocks;
    }

    private static boolean sameButForTime(DatasetManifest there, DatasetManifest made) {
        return there.equals(new DatasetManifest(
                made.schemaVersion(),
                made.name(),
                made.channels(),
                made.height(),
                made.width(),
                made.classes(),
                made.splits(),
                made.sourceSha256(),
                made.provenance(),
                made.licence(),
                there.importedAt(),
                made.modality(),
                made.healthyClass(),
                made.channelMeans(),
                made.channelDeviations()));
    }

    private static String sha256(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[1 << 16];
            for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new InvalidDatasetException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
