package org.rtda.gateway.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.contracts.dataset.SplitNames;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.store.npz.NpzSource;

/**
 * The files of an import, each under the name by which its owner knows it.
 *
 * @param file the data set
 * @param shifts external test sets by label
 * @param prepared null where the form has no such part
 * @param sizeBytes of the data set and the external test sets together
 */
record DatasetParts(NpzSource file, Map<String, NpzSource> shifts, FileUpload prepared, long sizeBytes) {
    /** Some 200,000 images. */
    private static final long MOST_PREPARED_BYTES = 64L << 20;

    /**
     * @param uploads null where the form has none
     * @throws ProblemException 400 when a part is missing, is there twice or is not known
     */
    static DatasetParts of(List<FileUpload> uploads) {
        NpzSource file = null;
        FileUpload prepared = null;
        Map<String, NpzSource> shifts = new TreeMap<>();
        long bytes = 0;
        for (FileUpload upload : uploads == null ? List.<FileUpload>of() : uploads) {
            Object before;
            NpzSource given = new NpzSource(upload.uploadedFile(), nameOf(upload));
            if (upload.name().equals("file")) {
                before = file;
                file = given;
                bytes += upload.size();
            } else if (upload.name().equals("prepared")) {
                before = prepared;
                prepared = upload;
            } else {
                String label = SplitNames.shiftLabel(upload.name())
                        .orElseThrow(() -> ProblemException.badValue(
                                upload.name(), upload.fileName(), "a part named file, prepared or shift-LABEL"));
                before = shifts.put(Check.name(upload.name(), label), given);
                bytes += upload.size();
            }
            if (before != null) {
                throw ProblemException.badValue(upload.name(), upload.fileName(), "given once");
            }
        }
        if (file == null) {
            throw ProblemException.badValue("file", null, "an NPZ file, or a ZIP archive of images");
        }
        return new DatasetParts(file, shifts, prepared, bytes);
    }

    /** Null where the form has no such part. */
    PreparedImages preparedImages() {
        return prepared == null ? null : read(prepared);
    }

    private static PreparedImages read(FileUpload prepared) {
        // it is held in memory, with the records that are made of it
        long most = Math.min(MOST_PREPARED_BYTES, Runtime.getRuntime().maxMemory() / 10);
        if (prepared.size() > most) {
            throw ProblemException.tooLarge("the part prepared may have at most " + most + " bytes, has "
                    + prepared.size() + ": import the images in several data sets");
        }
        try {
            return EventCodec.read(Files.readAllBytes(prepared.uploadedFile()), PreparedImages.class);
        } catch (InvalidMessageException e) {
            throw ProblemException.badValue(
                    "prepared", prepared.fileName(), "a PreparedImages document: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("an upload's part cannot be read", e);
        }
    }

    /** As its owner calls it, without folders; a part without a file name is called by its part. */
    private static String nameOf(FileUpload upload) {
        String given = upload.fileName();
        if (given == null || given.isBlank()) {
            return upload.name();
        }
        return given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    }
}
