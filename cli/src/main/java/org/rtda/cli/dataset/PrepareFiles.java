package org.rtda.cli.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.imaging.PatientKey;
import org.rtda.imaging.duplicate.Duplicate;
import org.rtda.imaging.duplicate.DuplicateFinder;
import org.rtda.imaging.prepare.ImagePreparation;
import org.rtda.imaging.set.PixelSpool;
import org.rtda.imaging.set.PrepareImages;
import org.rtda.imaging.set.PreparedImage;
import org.rtda.imaging.source.ImageAttributes;
import org.rtda.imaging.source.ImageCollection;
import org.rtda.imaging.source.ImageEntry;
import org.rtda.imaging.source.ImageSources;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.LabelMap;
import org.rtda.imaging.source.RefusedFile;
import org.rtda.imaging.split.Split;
import org.rtda.store.NpzWriter;
import org.rtda.store.SplitImages;

/**
 * Makes a data set of a folder, a table or an archive of image files: reads and resizes them, looks for duplicates, divides them, and
 * writes the arrays that are sent. No identity is in what it makes: patients and file names are hashes.
 */
public final class PrepareFiles {
    /** Classes that nobody named: more may well be folders of patients, whose names must not travel. */
    private static final int MOST_UNNAMED_CLASSES = 20;

    private static final String FILE_NAME = "file name";

    private final String software;
    private final ImageSettings settings;
    private final Rules rules;
    private final PatientKey key;
    private final int threads;

    /**
     * @param software name and version, for the record
     * @param key hashes patients and file names
     * @param threads that read files
     */
    public PrepareFiles(String software, ImageSettings settings, Rules rules, PatientKey key, int threads) {
        this.software = software;
        this.settings = settings;
        this.rules = rules;
        this.key = key;
        this.threads = threads;
    }

    /**
     * A prepared image.
     *
     * @param label of its class
     * @param patient hash; null where nobody says
     * @param shift label of the external test set that it is of; null for the others
     */
    private record Image(PreparedImage prepared, int label, String patient, String shift) {
        String path() {
            return prepared.entry().path();
        }
    }

    /** What is known of the files so far; whoever is refused needs it most. */
    private static final class Found {
        private final List<String> notes = new ArrayList<>();
        private final List<RefusedFile> refused = new ArrayList<>();
        private ImportFindings findings = ImportFindings.NONE;

        private ImportReport report() {
            return new ImportReport(List.copyOf(notes), List.copyOf(refused), findings);
        }
    }

    /** What was read of one source. */
    private record Source(ImageCollection collection, List<ImageEntry> entries, String shift) {}

    /**
     * @param given a folder, a table or an archive
     * @param shifts by label: external test sets, likewise or as NPZ files of the same shape
     * @throws ImportRefusal when no data set can be made of it; the message says what to do. Nothing is left behind
     * @throws CommandFailure when there is no room for temporary files
     */
    public PreparedDataset prepare(Path given, Map<String, Path> shifts, PrepareImages.Progress progress) {
        Path folder = temporaryFolder();
        Found found = new Found();
        try {
            return prepare(given, shifts, folder, progress, found);
        } catch (InvalidSourceException | CommandFailure e) {
            PreparedDataset.remove(folder);
            throw new ImportRefusal(e.getMessage(), e, found.report());
        } catch (IOException | UncheckedIOException e) {
            PreparedDataset.remove(folder);
            throw new CommandFailure("the images cannot be prepared in " + folder + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            PreparedDataset.remove(folder);
            throw e;
        }
    }

    private PreparedDataset prepare(
            Path given, Map<String, Path> shifts, Path folder, PrepareImages.Progress progress, Found found)
            throws IOException {
        Map<String, Path> arrays = new TreeMap<>();
        List<Source> sources = new ArrayList<>();
        try {
            sources.add(open(given, null, found));
            for (Map.Entry<String, Path> shift : new TreeMap<>(shifts).entrySet()) {
                if (!Files.isDirectory(shift.getValue()) && ImageSources.isNpz(shift.getValue())) {
                    arrays.put(shift.getKey(), shift.getValue());
                } else {
                    sources.add(open(shift.getValue(), shift.getKey(), found));
                }
            }
            if (sources.get(0).entries().isEmpty()) {
                throw nothingUsable(found.refused);
            }
            List<String> classes =
                    LabelMap.classes(sources.get(0).entries(), settings.labels().classes());
            if (classes.size() < 2) {
                throw new CommandFailure("there must be at least 2 classes, every image of " + given + " is of "
                        + classes + "; the folders' names or the table's labels are the classes");
            }
            if (settings.labels().classes().isEmpty() && classes.size() > MOST_UNNAMED_CLASSES) {
                throw new CommandFailure(given + " has " + classes.size() + " classes, as " + classes.subList(0, 2)
                        + "; class names go to the gateway and into reports. Where these are findings, name them with --classes;"
                        + " where they are patients, sort the images by finding, or give a table");
            }
            ImagePreparation preparation = settings.preparation();
            try (PixelSpool spool = PixelSpool.create(folder.resolve("pixels"), preparation.bytes())) {
                return prepare(sources, arrays, classes, spool, folder, progress, found);
            }
        } finally {
            sources.forEach(source -> source.collection().close());
        }
    }

    private static CommandFailure nothingUsable(List<RefusedFile> refused) {
        return new CommandFailure("no file is an image that can be used; the first: "
                + (refused.isEmpty() ? "there is none" : refused.get(0)));
    }

    /** What the source says of its files is known at once, so that a report has it whatever is refused later. */
    private Source open(Path given, String shift, Found known) {
        ImageCollection found = ImageSources.open(
                given,
                shift == null ? settings.reading().root() : null,
                settings.reading().table(),
                settings.reading().patients());
        known.notes.addAll(found.notes());
        known.refused.addAll(found.refused());
        try {
            LabelMap labels = new LabelMap(shift == null ? settings.labels().map() : ofThese(found));
            return new Source(found, labels.apply(found.entries()), shift);
        } catch (RuntimeException e) {
            found.close();
            throw e;
        }
    }

    /** An external test set need not have every label. */
    private Map<String, String> ofThese(ImageCollection found) {
        Map<String, String> map = new LinkedHashMap<>(settings.labels().map());
        map.keySet()
                .retainAll(new TreeSet<>(
                        found.entries().stream().map(ImageEntry::label).toList()));
        return map;
    }

    private PreparedDataset prepare(
            List<Source> sources,
            Map<String, Path> arrays,
            List<String> classes,
            PixelSpool spool,
            Path folder,
            PrepareImages.Progress progress,
            Found known)
            throws IOException {
        List<RefusedFile> refused = known.refused;
        List<Image> images = read(sources, classes, spool, progress, known);
        if (rules.strict() && !refused.isEmpty()) {
            throw new CommandFailure("nothing was imported, since --strict takes no file that cannot be used: "
                    + refused.get(0) + (refused.size() > 1 ? " (and " + (refused.size() - 1) + " more)" : ""));
        }
        List<Image> own = images.stream().filter(image -> image.shift() == null).toList();
        if (own.isEmpty()) {
            throw nothingUsable(refused);
        }
        DuplicateFinder.Found found = new DuplicateFinder(
                        settings.preparation().side(),
                        settings.preparation().side(),
                        image -> spool.pixels(images.get(image).prepared().place()))
                .find(images.size());
        known.findings = ImportFindings.of(
                found,
                images.stream().map(PrepareFiles::givenSplit).toList(),
                images.stream().map(image -> classes.get(image.label())).toList(),
                image -> images.get(image).path());
        Map<String, Integer> sharedWithShifts =
                ShiftPatients.shared(own.stream().map(Image::patient).toList(), patientsOfShifts(images));
        known.notes.addAll(ShiftPatients.notes(sharedWithShifts));
        Assignment assignment = assigned(own, found.duplicates()).withSharedWithShifts(sharedWithShifts);
        known.notes.add(assignment.note());
        List<String> splits = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            splits.add(
                    i < own.size()
                            ? assignment.splits()[i].label()
                            : DatasetManifest.SHIFT_PREFIX + images.get(i).shift());
        }
        known.findings = ImportFindings.of(
                found,
                splits,
                images.stream().map(image -> classes.get(image.label())).toList(),
                image -> images.get(image).path());
        DuplicateRule.require(known.findings, rules.duplicates());
        return written(sources.get(0), images, splits, assignment, classes, arrays, spool, folder, known);
    }

    /** Before splits are assigned: as given, or that none is. */
    private static String givenSplit(Image image) {
        if (image.shift() != null) {
            return DatasetManifest.SHIFT_PREFIX + image.shift();
        }
        Split given = image.prepared().entry().split();
        return given == null ? "not divided yet" : given.label();
    }

    /** By label of the external test set: the patients of its images, null where nobody says. */
    private static Map<String, List<String>> patientsOfShifts(List<Image> images) {
        Map<String, List<String>> patients = new TreeMap<>();
        images.stream().filter(image -> image.shift() != null).forEach(image -> patients.computeIfAbsent(
                        image.shift(), absent -> new ArrayList<>())
                .add(image.patient()));
        return patients;
    }

    private List<Image> read(
            List<Source> sources,
            List<String> classes,
            PixelSpool spool,
            PrepareImages.Progress progress,
            Found found) {
        List<RefusedFile> refused = found.refused;
        PrepareImages reader = new PrepareImages(
                settings.preparation(), settings.reading().options().withPatientKey(key), threads);
        int total = sources.stream().mapToInt(source -> source.entries().size()).sum();
        List<Image> images = new ArrayList<>();
        int place = 0;
        for (Source source : sources) {
            List<ImageEntry> known = new ArrayList<>();
            for (ImageEntry entry : source.entries()) {
                if (classes.contains(entry.label())) {
                    known.add(entry);
                } else {
                    refused.add(new RefusedFile(
                            entry.path(),
                            "is of the class " + entry.label()
                                    + "; an external test set has the classes of the others: " + classes));
                }
            }
            int before = place;
            PrepareImages.Result result = reader.prepare(
                    source.collection().files(),
                    known,
                    spool,
                    place,
                    (done, of) -> progress.done(before + done, total));
            place += known.size();
            refused.addAll(result.refused());
            for (PreparedImage image : result.images()) {
                images.add(new Image(image, classes.indexOf(image.entry().label()), null, source.shift()));
            }
        }
        return withPatients(images);
    }

    /** What a table or a path says goes before what the file says. */
    private List<Image> withPatients(List<Image> images) {
        String[] patients = PatientHashes.of(
                images.stream().map(image -> said(image.prepared())).toList(),
                i -> images.get(i).path());
        List<Image> known = new ArrayList<>();
        for (int i = 0; i < patients.length; i++) {
            Image image = images.get(i);
            known.add(new Image(image.prepared(), image.label(), patients[i], image.shift()));
        }
        return known;
    }

    private PatientHashes.Said said(PreparedImage image) {
        String given = image.entry().patient();
        return new PatientHashes.Said(
                given == null || given.isBlank() ? null : key.hash(given),
                image.facts().patientIdHash(),
                image.facts().patientHash());
    }

    private Assignment assigned(List<Image> own, List<Duplicate> duplicates) {
        List<Assignment.Subject> subjects = own.stream()
                .map(image -> new Assignment.Subject(
                        image.path(), image.label(), image.prepared().entry().split(), image.patient()))
                .toList();
        List<Duplicate> among =
                duplicates.stream().filter(pair -> pair.image() < own.size()).toList();
        return Assignment.of(subjects, among, settings.division(), rules.sharedPatients());
    }

    private PreparedDataset written(
            Source main,
            List<Image> images,
            List<String> splits,
            Assignment assignment,
            List<String> classes,
            Map<String, Path> arrays,
            PixelSpool spool,
            Path folder,
            Found found)
            throws IOException {
        Map<String, List<Image>> bySplit = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            bySplit.put(split.label(), new ArrayList<>());
        }
        for (int i = 0; i < images.size(); i++) {
            bySplit.computeIfAbsent(splits.get(i), shift -> new ArrayList<>()).add(images.get(i));
        }
        requireEveryClassInTrain(bySplit, classes);
        bySplit.forEach((split, ofSplit) -> absent(ofSplit, classes)
                .ifPresent(absent -> found.notes.add(
                        split + " holds no image of " + absent + ": figures on it say nothing of these")));
        ImportReport report = found.report();
        Map<String, SplitImages> own = new LinkedHashMap<>();
        Map<String, Path> shifts = new TreeMap<>(arrays);
        Map<String, List<ImageRecord>> records = new LinkedHashMap<>();
        Map<String, String> counts = new LinkedHashMap<>();
        for (Map.Entry<String, List<Image>> split : bySplit.entrySet()) {
            SplitImages spooled = spooled(split.getValue(), spool);
            if (split.getKey().startsWith(DatasetManifest.SHIFT_PREFIX)) {
                String label = split.getKey().substring(DatasetManifest.SHIFT_PREFIX.length());
                Path file = folder.resolve("images-" + label + ".npz");
                NpzWriter.writeSplits(file, Map.of("test", spooled));
                shifts.put(label, file);
            } else {
                own.put(split.getKey(), spooled);
            }
            records.put(
                    split.getKey(), split.getValue().stream().map(this::record).toList());
            counts.put(split.getKey(), counted(split.getValue(), classes));
        }
        requireSubgroups(records);
        Path npz = folder.resolve("images.npz");
        NpzWriter.writeSplits(npz, own);
        Preparation preparation = new Preparation(
                software,
                main.collection().kind(),
                new Preparation.Pixels(
                        settings.preparation().side(),
                        settings.preparation().channels(),
                        settings.preparation().fit().label(),
                        ImagePreparation.RESIZE,
                        settings.reading().window()),
                assignment.splitting(),
                DuplicateRule.record(report));
        return new PreparedDataset(
                npz, shifts, new PreparedImages(1, preparation, records), classes, counts, report, folder);
    }

    private SplitImages spooled(List<Image> images, PixelSpool spool) {
        return new SpooledSplit(
                spool,
                images.stream().map(image -> image.prepared().place()).toList(),
                images.stream().mapToInt(Image::label).toArray(),
                settings.preparation().channels(),
                settings.preparation().side());
    }

    private static void requireEveryClassInTrain(Map<String, List<Image>> bySplit, List<String> classes) {
        bySplit.forEach((split, images) -> {
            if (images.isEmpty()) {
                throw new CommandFailure(
                        "no image is left for " + split
                                + "; there must be enough patients (or images, where nobody says whose they are) for three splits");
            }
        });
        absent(bySplit.get(Split.TRAIN.label()), classes).ifPresent(absent -> {
            throw new CommandFailure("train holds no image of " + absent
                    + "; every class must be trained on. Add images, or leave the class out with --map CLASS=");
        });
    }

    /** Classes without an image, if there are any. */
    private static Optional<List<String>> absent(List<Image> images, List<String> classes) {
        List<String> absent = new ArrayList<>(classes);
        images.forEach(image -> absent.remove(classes.get(image.label())));
        return absent.isEmpty() ? Optional.empty() : Optional.of(absent);
    }

    private ImageRecord record(Image image) {
        PreparedImage prepared = image.prepared();
        ImageAttributes attributes = prepared.entry().attributes().orElse(prepared.facts());
        ImageRecord.Subgroups subgroups = new ImageRecord.Subgroups(
                attributes.site(),
                attributes.scanner(),
                attributes.sex(),
                attributes.ageBand(),
                attributes.laterality(),
                attributes.view());
        return new ImageRecord(
                prepared.sha256(),
                settings.keepNames() ? image.path() : key.hash(image.path(), FILE_NAME),
                image.patient(),
                subgroups.known().isEmpty() ? null : subgroups);
    }

    /** Something that nearly every image has another value of could be anybody's name, and it would travel. */
    private static void requireSubgroups(Map<String, List<ImageRecord>> records) {
        Map<String, TreeSet<String>> values = new TreeMap<>();
        records.values().stream()
                .flatMap(List::stream)
                .filter(record -> record.subgroups() != null)
                .forEach(record -> record.subgroups().known().forEach((attribute, value) -> values.computeIfAbsent(
                                attribute, absent -> new TreeSet<>())
                        .add(value)));
        values.forEach((attribute, different) -> {
            if (different.size() > ImageRecord.Subgroups.MOST_VALUES) {
                throw new CommandFailure(attribute + " has " + different.size() + " different values, at most "
                        + ImageRecord.Subgroups.MOST_VALUES
                        + " are taken for subgroups; is it another column's name? (--column " + attribute
                        + "=NAME)");
            }
        });
    }

    private static String counted(List<Image> images, List<String> classes) {
        int[] counts = new int[classes.size()];
        images.forEach(image -> counts[image.label()]++);
        List<String> each = new ArrayList<>();
        for (int label = 0; label < counts.length; label++) {
            each.add(classes.get(label) + " " + counts[label]);
        }
        return images.size() + " (" + String.join(", ", each) + ")";
    }

    private static Path temporaryFolder() {
        try {
            return PreparedDataset.temporaryFolder();
        } catch (IOException e) {
            throw new CommandFailure("no folder for temporary files can be made: " + e.getMessage(), e);
        }
    }
}
