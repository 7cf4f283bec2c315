package org.rtda.preparation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.imaging.PatientKey;
import org.rtda.imaging.duplicate.Duplicate;
import org.rtda.imaging.duplicate.DuplicateFinder;
import org.rtda.imaging.set.PixelSpool;
import org.rtda.imaging.set.PrepareImages;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.LabelMap;
import org.rtda.imaging.source.RefusedFile;
import org.rtda.store.InvalidDatasetException;
import org.rtda.store.npz.NpzSource;

/**
 * Makes a data set of a folder, a table or an archive of image files: reads and resizes them, looks for duplicates, divides them, and
 * writes the arrays that are sent. No identity is in what it makes: patients and file names are hashes.
 */
public final class PrepareFiles {
    /** Classes that nobody named: more may well be folders of patients, whose names must not travel. */
    private static final int MOST_UNNAMED_CLASSES = 20;

    private final String software;
    private final ImageSettings settings;
    private final Rules rules;
    private final PatientKey key;
    private final int threads;
    private final long mostBytes;

    /**
     * @param software name and version, for the record
     * @param key hashes patients and file names
     * @param threads that read files, each with one file and one decoded image in memory
     */
    public PrepareFiles(String software, ImageSettings settings, Rules rules, PatientKey key, int threads) {
        this(software, settings, rules, key, threads, Long.MAX_VALUE);
    }

    private PrepareFiles(
            String software, ImageSettings settings, Rules rules, PatientKey key, int threads, long mostBytes) {
        this.software = software;
        this.settings = settings;
        this.rules = rules;
        this.key = key;
        this.threads = threads;
        this.mostBytes = mostBytes;
    }

    /** @param bytes of all prepared pixels together, the most that is taken */
    public PrepareFiles atMost(long bytes) {
        return new PrepareFiles(software, settings, rules, key, threads, bytes);
    }

    /**
     * @param given a folder, a table or an archive
     * @param shifts by label: external test sets, likewise or as NPZ files of the same shape
     * @param folder takes the files that are made; it must outlive the data set
     * @throws ImportRefusal when no data set can be made of it; the message says what to do
     * @throws UncheckedIOException when the folder cannot be written to
     */
    public PreparedDataset prepare(
            GivenSource given,
            Map<String, GivenSource> shifts,
            TemporaryFolder folder,
            PrepareImages.Progress progress) {
        ReportSoFar found = new ReportSoFar();
        try {
            return prepare(given, shifts, folder.path(), progress, found);
        } catch (InvalidSourceException | InvalidDatasetException e) {
            throw new ImportRefusal(e.getMessage(), e, found.report());
        } catch (IOException e) {
            throw new UncheckedIOException(cannotPrepare(folder, e), e);
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(cannotPrepare(folder, e), e.getCause());
        }
    }

    private static String cannotPrepare(TemporaryFolder folder, Exception e) {
        return "the images cannot be prepared in " + folder.path() + ": " + e.getMessage();
    }

    private PreparedDataset prepare(
            GivenSource given,
            Map<String, GivenSource> shifts,
            Path folder,
            PrepareImages.Progress progress,
            ReportSoFar found)
            throws IOException {
        Map<String, NpzSource> arrays = new TreeMap<>();
        try (SourceFiles sources = new SourceFiles(settings, key, found)) {
            sources.open(given, null);
            for (Map.Entry<String, GivenSource> shift : new TreeMap<>(shifts).entrySet()) {
                if (shift.getValue().isNpz()) {
                    arrays.put(shift.getKey(), shift.getValue().npz());
                } else {
                    sources.open(shift.getValue(), shift.getKey());
                }
            }
            if (sources.entries().isEmpty()) {
                throw nothingUsable(found.refused());
            }
            List<String> classes = classes(given, sources);
            requireRoom(sources.count());
            try (PixelSpool spool = PixelSpool.create(
                    folder.resolve("pixels"), settings.preparation().bytes())) {
                return prepare(sources, arrays, classes, spool, folder, progress, found);
            }
        }
    }

    private List<String> classes(GivenSource given, SourceFiles sources) {
        List<String> named = settings.labels().classes();
        List<String> classes = LabelMap.classes(sources.entries(), named, settings.names());
        if (classes.size() < 2) {
            throw new InvalidSourceException("there must be at least 2 classes, every image of " + given.name()
                    + " is of " + classes + "; the folders' names or the table's labels are the classes");
        }
        if (named.isEmpty() && classes.size() > MOST_UNNAMED_CLASSES) {
            throw new InvalidSourceException(given.name() + " has " + classes.size() + " classes, as "
                    + classes.subList(0, 2)
                    + "; class names go to the gateway and into reports. Where these are findings, name them with "
                    + settings.names().of("classes")
                    + "; where they are patients, sort the images by finding, or give a table");
        }
        return classes;
    }

    /** Prepared pixels lie on a disk, twice: as they are read, and as the arrays of a split. */
    private void requireRoom(int images) {
        long bytes = (long) images * settings.preparation().bytes();
        if (bytes > mostBytes) {
            throw new InvalidSourceException(
                    images + " images of " + settings.preparation().channels() + " x "
                            + settings.preparation().side() + " x "
                            + settings.preparation().side() + " are " + bytes
                            + " bytes, at most " + mostBytes + " are taken; make them smaller ("
                            + settings.names().of("side") + "), or import them in parts");
        }
    }

    private static InvalidSourceException nothingUsable(List<RefusedFile> refused) {
        return new InvalidSourceException("no file is an image that can be used; the first: "
                + (refused.isEmpty() ? "there is none" : refused.get(0)));
    }

    private PreparedDataset prepare(
            SourceFiles sources,
            Map<String, NpzSource> arrays,
            List<String> classes,
            PixelSpool spool,
            Path folder,
            PrepareImages.Progress progress,
            ReportSoFar known)
            throws IOException {
        List<FileImage> images = sources.read(classes, spool, progress, threads);
        List<RefusedFile> refused = known.refused();
        if (rules.strict() && !refused.isEmpty()) {
            throw new InvalidSourceException("nothing was imported, since "
                    + settings.names().of("strict") + " takes no file that cannot be used: " + refused.get(0)
                    + (refused.size() > 1 ? " (and " + (refused.size() - 1) + " more)" : ""));
        }
        List<FileImage> own =
                images.stream().filter(image -> image.shift() == null).toList();
        if (own.isEmpty()) {
            throw nothingUsable(refused);
        }
        DuplicateFinder.Found found = new DuplicateFinder(
                        settings.preparation().side(),
                        settings.preparation().side(),
                        image -> spool.pixels(images.get(image).prepared().place()))
                .find(images.size());
        known.notes(PixelNotes.of(images, spool, settings));
        known.findings(ImportFindings.of(
                found,
                images.stream().map(FileImage::givenSplit).toList(),
                images.stream().map(image -> classes.get(image.label())).toList(),
                image -> images.get(image).path()));
        Map<String, Integer> sharedWithShifts =
                ShiftPatients.shared(own.stream().map(FileImage::patient).toList(), patientsOfShifts(images));
        known.notes(ShiftPatients.notes(sharedWithShifts));
        Assignment assignment = assigned(own, found.duplicates()).withSharedWithShifts(sharedWithShifts);
        known.note(assignment.note());
        List<String> splits = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            splits.add(
                    i < own.size()
                            ? assignment.splits()[i].label()
                            : SplitNames.ofShift(images.get(i).shift()));
        }
        known.findings(ImportFindings.of(
                found,
                splits,
                images.stream().map(image -> classes.get(image.label())).toList(),
                image -> images.get(image).path()));
        DuplicateRule.require(known.findings(), rules.duplicates(), settings.names());
        PreparedDataset prepared = new WriteArrays(software, settings, key)
                .write(sources.kind(), images, splits, assignment, classes, arrays, spool, folder, known);
        if (!arrays.isEmpty()) {
            CheckArrays.requireOneDataset(prepared.npz(), arrays, classes);
        }
        return prepared;
    }

    /** By label of the external test set: the patients of its images, null where nobody says. */
    private static Map<String, List<String>> patientsOfShifts(List<FileImage> images) {
        Map<String, List<String>> patients = new TreeMap<>();
        images.stream().filter(image -> image.shift() != null).forEach(image -> patients.computeIfAbsent(
                        image.shift(), absent -> new ArrayList<>())
                .add(image.patient()));
        return patients;
    }

    private Assignment assigned(List<FileImage> own, List<Duplicate> duplicates) {
        List<Assignment.Subject> subjects = own.stream()
                .map(image -> new Assignment.Subject(
                        image.path(), image.label(), image.prepared().entry().split(), image.patient()))
                .toList();
        List<Duplicate> among =
                duplicates.stream().filter(pair -> pair.image() < own.size()).toList();
        return Assignment.of(subjects, among, settings.division(), rules.sharedPatients(), settings.names());
    }
}
