package org.rtda.preparation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.rtda.imaging.PatientKey;
import org.rtda.imaging.set.PixelSpool;
import org.rtda.imaging.set.PrepareImages;
import org.rtda.imaging.set.PreparedImage;
import org.rtda.imaging.source.ImageCollection;
import org.rtda.imaging.source.ImageEntry;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.LabelMap;
import org.rtda.imaging.source.RefusedFile;
import org.rtda.imaging.source.SourceOptions;

/** The folders, tables and archives of one import: opened one after the other, then read together. */
final class SourceFiles implements AutoCloseable {
    private final ImageSettings settings;
    private final PatientKey key;
    private final ReportSoFar report;
    private final List<Source> sources = new ArrayList<>();

    /** @param report takes what is said of the files, and those that cannot be used */
    SourceFiles(ImageSettings settings, PatientKey key, ReportSoFar report) {
        this.settings = settings;
        this.key = key;
        this.report = report;
    }

    /** What was found in one source. */
    private record Source(ImageCollection collection, List<ImageEntry> entries, String shift) {}

    /**
     * What the source says of its files is reported at once, so that a report has it whatever is refused later.
     *
     * @param shift label of the external test set; null for the main set, which is opened first
     */
    void open(GivenSource given, String shift) throws IOException {
        SourceOptions options = settings.reading().source();
        ImageCollection found = given.open(shift == null ? options : options.withRoot(null));
        report.notes(found.notes());
        report.refuse(found.refused());
        try {
            requireTableForItsOptions(found, given, shift);
            LabelMap labels = new LabelMap(shift == null ? settings.labels().map() : ofThese(found));
            sources.add(new Source(found, labels.apply(found.entries(), options.names()), shift));
        } catch (RuntimeException e) {
            found.close();
            throw e;
        }
    }

    /** Labels that somebody expects from a table's column would be names of folders. */
    private void requireTableForItsOptions(ImageCollection found, GivenSource given, String shift) {
        SourceOptions options = settings.reading().source();
        List<String> ofTables = new ArrayList<>();
        options.table().columns().keySet().stream()
                .sorted()
                .map(role -> role.equals("label") ? "label-column" : "column")
                .distinct()
                .forEach(ofTables::add);
        if (options.root() != null) {
            ofTables.add("root");
        }
        if (options.table().charset() != null) {
            ofTables.add("encoding");
        }
        if (shift == null && !found.isByTable() && !ofTables.isEmpty()) {
            throw new InvalidSourceException(options.names().of(ofTables.get(0)) + " is for a table, and "
                    + given.name() + " is read by its folders: name the table, or leave this out");
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

    /** How the main set's files came, for the record. */
    String kind() {
        return sources.get(0).collection().kind();
    }

    /** Of the main set. */
    List<ImageEntry> entries() {
        return sources.get(0).entries();
    }

    /** Of all sets, before any was read. */
    int count() {
        return sources.stream().mapToInt(source -> source.entries().size()).sum();
    }

    /** The images of all sources that can be used, those of the main set first, each with its pixels in the spool. */
    List<FileImage> read(List<String> classes, PixelSpool spool, PrepareImages.Progress progress, int threads) {
        PrepareImages reader = new PrepareImages(
                settings.preparation(), settings.reading().options().withPatientKey(key), threads);
        int total = count();
        List<FileImage> images = new ArrayList<>();
        int place = 0;
        for (Source source : sources) {
            List<ImageEntry> known = new ArrayList<>();
            for (ImageEntry entry : source.entries()) {
                if (classes.contains(entry.label())) {
                    known.add(entry);
                } else {
                    report.refuse(new RefusedFile(
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
            report.refuse(result.refused());
            for (PreparedImage image : result.images()) {
                images.add(new FileImage(image, classes.indexOf(image.entry().label()), null, source.shift()));
            }
        }
        return withPatients(images);
    }

    /** What a table or a path says goes before what the file says. */
    private List<FileImage> withPatients(List<FileImage> images) {
        List<PatientHashes.Said> said =
                images.stream().map(image -> said(image.prepared())).toList();
        String[] patients = PatientHashes.of(said, i -> images.get(i).path(), settings.names());
        int divided = PatientHashes.divided(said);
        if (divided > 0) {
            report.note(
                    divided + " Patient IDs of DICOM files are those of several patients, as a table or the paths say:"
                            + " their images may be in different splits");
        }
        List<FileImage> known = new ArrayList<>();
        for (int i = 0; i < patients.length; i++) {
            known.add(images.get(i).of(patients[i]));
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

    @Override
    public void close() {
        sources.forEach(source -> source.collection().close());
    }
}
