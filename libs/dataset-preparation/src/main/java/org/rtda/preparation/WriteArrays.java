package org.rtda.preparation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rtda.contracts.dataset.ImageRecord;
import org.rtda.contracts.dataset.Preparation;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.imaging.PatientKey;
import org.rtda.imaging.prepare.ImagePreparation;
import org.rtda.imaging.set.PixelSpool;
import org.rtda.imaging.set.PreparedImage;
import org.rtda.imaging.source.ImageAttributes;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.split.Split;
import org.rtda.store.SplitImages;
import org.rtda.store.npz.NpzSource;
import org.rtda.store.npz.NpzWriter;

/** Writes divided images as the arrays that are sent, with the records that go with them. */
final class WriteArrays {
    private static final String FILE_NAME = "file name";

    private final String software;
    private final ImageSettings settings;
    private final PatientKey key;
    private boolean hasScanners = true;

    WriteArrays(String software, ImageSettings settings, PatientKey key) {
        this.software = software;
        this.settings = settings;
        this.key = key;
    }

    /**
     * @param kind how the files came
     * @param splits of the images, one each
     * @param arrays external test sets that are arrays already
     * @param folder takes the files
     * @throws InvalidSourceException when a split, or a class of the training split, is left without images, or subgroups are too many
     */
    PreparedDataset write(
            String kind,
            List<FileImage> images,
            List<String> splits,
            Assignment assignment,
            List<String> classes,
            Map<String, NpzSource> arrays,
            PixelSpool spool,
            Path folder,
            ReportSoFar soFar)
            throws IOException {
        Map<String, List<FileImage>> bySplit = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            bySplit.put(split.label(), new ArrayList<>());
        }
        for (int i = 0; i < images.size(); i++) {
            bySplit.computeIfAbsent(splits.get(i), shift -> new ArrayList<>()).add(images.get(i));
        }
        requireEveryClassInTrain(bySplit, classes);
        bySplit.forEach((split, ofSplit) -> absent(ofSplit, classes)
                .ifPresent(absent ->
                        soFar.note(split + " holds no image of " + absent + ": figures on it say nothing of these")));
        leaveOutTooManyScanners(images, soFar);
        ImportReport report = soFar.report();
        Map<String, SplitImages> own = new LinkedHashMap<>();
        Map<String, NpzSource> shifts = new TreeMap<>(arrays);
        Map<String, List<ImageRecord>> records = new LinkedHashMap<>();
        Map<String, String> counts = new LinkedHashMap<>();
        for (Map.Entry<String, List<FileImage>> split : bySplit.entrySet()) {
            SplitImages spooled = spooled(split.getValue(), spool);
            Optional<String> shift = SplitNames.shiftLabel(split.getKey());
            if (shift.isPresent()) {
                Path file = folder.resolve("images-" + shift.get() + ".npz");
                NpzWriter.writeSplits(file, Map.of(SplitNames.TEST, spooled));
                shifts.put(shift.get(), NpzSource.of(file));
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
        OptionalInt frame = settings.reading().options().frame();
        Preparation preparation = new Preparation(
                software,
                kind,
                new Preparation.Pixels(
                                settings.preparation().side(),
                                settings.preparation().channels(),
                                settings.preparation().fit().label(),
                                ImagePreparation.RESIZE,
                                settings.reading().window())
                        .withFrame(frame.isPresent() ? frame.getAsInt() : null)
                        .withBitDepths(bitDepths(images)),
                assignment.splitting(),
                DuplicateRule.record(report));
        return new PreparedDataset(npz, shifts, new PreparedImages(1, preparation, records), classes, counts, report);
    }

    private static Map<String, Integer> bitDepths(List<FileImage> images) {
        Map<String, Integer> depths = new TreeMap<>();
        images.forEach(image -> depths.merge(Integer.toString(image.prepared().bits()), 1, Integer::sum));
        return depths;
    }

    private SplitImages spooled(List<FileImage> images, PixelSpool spool) {
        return new SpooledSplit(
                spool,
                images.stream().map(image -> image.prepared().place()).toList(),
                images.stream().mapToInt(FileImage::label).toArray(),
                settings.preparation().channels(),
                settings.preparation().side());
    }

    private void requireEveryClassInTrain(Map<String, List<FileImage>> bySplit, List<String> classes) {
        bySplit.forEach((split, images) -> {
            if (images.isEmpty()) {
                throw new InvalidSourceException("no image is left for " + split
                        + "; there must be enough patients (or images, if patients are unknown) for three splits");
            }
        });
        absent(bySplit.get(Split.TRAIN.label()), classes).ifPresent(absent -> {
            throw new InvalidSourceException("train holds no image of " + absent
                    + "; every class must be trained on. Add images, or leave the class out with "
                    + settings.names().of("map") + " CLASS=");
        });
    }

    /** Classes without an image, if there are any. */
    private static Optional<List<String>> absent(List<FileImage> images, List<String> classes) {
        List<String> absent = new ArrayList<>(classes);
        images.forEach(image -> absent.remove(classes.get(image.label())));
        return absent.isEmpty() ? Optional.empty() : Optional.of(absent);
    }

    private ImageRecord record(FileImage image) {
        PreparedImage prepared = image.prepared();
        ImageAttributes attributes = prepared.entry().attributes().orElse(prepared.facts());
        ImageRecord.Subgroups subgroups = new ImageRecord.Subgroups(
                attributes.site(),
                hasScanners ? attributes.scanner() : null,
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

    /** Files name them, so nobody who has no table could do anything about it. */
    private void leaveOutTooManyScanners(List<FileImage> images, ReportSoFar soFar) {
        boolean isOfTable = images.stream()
                .anyMatch(image -> image.prepared().entry().attributes().scanner() != null);
        long scanners = images.stream()
                .map(image -> image.prepared().facts().scanner())
                .filter(Objects::nonNull)
                .distinct()
                .count();
        if (!isOfTable && scanners > ImageRecord.Subgroups.MOST_VALUES) {
            hasScanners = false;
            soFar.note(
                    "the files name " + scanners + " scanners, at most " + ImageRecord.Subgroups.MOST_VALUES
                            + " are allowed for subgroups: no image has one; a table's column scanner can put them into groups");
        }
    }

    /** Something that nearly every image has another value of could be anybody's name, and it would travel. */
    private void requireSubgroups(Map<String, List<ImageRecord>> records) {
        Map<String, TreeSet<String>> values = new TreeMap<>();
        records.values().stream()
                .flatMap(List::stream)
                .filter(record -> record.subgroups() != null)
                .forEach(record -> record.subgroups().known().forEach((attribute, value) -> values.computeIfAbsent(
                                attribute, absent -> new TreeSet<>())
                        .add(value)));
        values.forEach((attribute, different) -> {
            if (different.size() > ImageRecord.Subgroups.MOST_VALUES) {
                throw new InvalidSourceException(attribute + " has " + different.size() + " different values, at most "
                        + ImageRecord.Subgroups.MOST_VALUES
                        + " are allowed for subgroups; if another column is meant, name it ("
                        + settings.names().of("column") + " " + attribute + "=NAME)");
            }
        });
    }

    private static String counted(List<FileImage> images, List<String> classes) {
        int[] counts = new int[classes.size()];
        images.forEach(image -> counts[image.label()]++);
        List<String> each = new ArrayList<>();
        for (int label = 0; label < counts.length; label++) {
            each.add(classes.get(label) + " " + counts[label]);
        }
        return images.size() + " (" + String.join(", ", each) + ")";
    }
}
