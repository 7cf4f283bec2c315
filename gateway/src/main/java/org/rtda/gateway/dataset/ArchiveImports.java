package org.rtda.gateway.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.gateway.api.ImportReportDocument;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.imaging.set.PrepareImages;
import org.rtda.imaging.source.InvalidSourceException;
import org.rtda.imaging.source.RefusedFile;
import org.rtda.preparation.ImportFindings;
import org.rtda.preparation.ImportRefusal;
import org.rtda.preparation.ImportReport;
import org.rtda.preparation.PrepareFiles;
import org.rtda.preparation.PreparedDataset;
import org.rtda.preparation.TemporaryFolder;

/**
 * Makes data sets of archives that people send. One at a time, one image in memory, in bounded time; of names in the archive nothing goes
 * further than the answer to the person who sent it. Safe for use by several threads.
 */
public final class ArchiveImports {
    /** Small archives take seconds, and who asks again sends the whole archive. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final ArchiveLimits limits;
    private final ImportKeys keys;
    private final String software;
    private final LongSupplier nanoTime;
    private final Semaphore turn = new Semaphore(1);

    /** @param software name and version, for the record */
    public ArchiveImports(ArchiveLimits limits, ImportKeys keys, String software) {
        this(limits, keys, software, System::nanoTime);
    }

    ArchiveImports(ArchiveLimits limits, ImportKeys keys, String software, LongSupplier nanoTime) {
        this.limits = limits;
        this.keys = keys;
        this.software = software;
        this.nanoTime = nanoTime;
    }

    /**
     * @param fields of the form that only archives have: values by name, without blank ones
     * @param classes their names by label; empty where nobody says
     * @throws ProblemException 400 when a value is not allowed
     */
    public ArchiveForm form(Map<String, List<String>> fields, List<String> classes) {
        try {
            return ArchiveForm.of(fields, classes, limits);
        } catch (InvalidSourceException e) {
            throw ProblemException.badRequest(e.getMessage(), e);
        }
    }

    /**
     * @param healthy name or label of the class that means no disease; null where nobody says
     * @param use gets the data set while its files are there; what it returns is returned
     * @throws ProblemException 400 when no data set can be made of it, with the report; 413 when it is too large; 503 while another
     *     archive is prepared, or without room for temporary files
     */
    public <T> T prepared(
            ArchiveUpload upload,
            ArchiveForm form,
            String healthy,
            BiFunction<PreparedDataset, ImportReportDocument, T> use) {
        if (upload.sizeBytes() > limits.archiveBytes()) {
            throw ProblemException.tooLarge("archives of images may have at most " + limits.archiveBytes()
                    + " bytes together, these have " + upload.sizeBytes()
                    + ": import them with rtda import, which reads files where they lie, or in parts");
        }
        if (!turn.tryAcquire()) {
            throw ProblemException.busy(
                    "another archive of images is being prepared, one at a time is: send it again later", RETRY_AFTER);
        }
        try (TemporaryFolder folder = TemporaryFolder.in(upload.folder())) {
            PreparedDataset prepared = prepare(upload, form, folder);
            requireHealthy(prepared, healthy);
            return use.apply(prepared, document(prepared.counts(), prepared.report(), keys.notes()));
        } catch (IOException e) {
            throw noRoom(e);
        } finally {
            turn.release();
        }
    }

    private PreparedDataset prepare(ArchiveUpload upload, ArchiveForm form, TemporaryFolder folder) {
        try {
            return new PrepareFiles(software, form.settings(), form.rules(), keys.next(), 1)
                    .atMost(limits.preparedBytes())
                    .prepare(upload.main(), upload.shifts(), folder, timed());
        } catch (ImportRefusal e) {
            throw ProblemException.refusedImport(e.getMessage(), document(Map.of(), e.found(), List.of()), e);
        } catch (UncheckedIOException e) {
            throw noRoom(e);
        } catch (RuntimeException e) {
            // its message may quote a file, and what failed is logged: where is enough
            IllegalStateException failed = new IllegalStateException(
                    "an archive could not be prepared: " + e.getClass().getName());
            failed.setStackTrace(e.getStackTrace());
            throw failed;
        }
    }

    private PrepareImages.Progress timed() {
        long begin = nanoTime.getAsLong();
        return (done, files) -> {
            if (nanoTime.getAsLong() - begin > limits.time().toNanos()) {
                throw new InvalidSourceException(
                        "reading took longer than " + limits.time().toSeconds() + " s: " + done + " of " + files
                                + " files were read; import them with rtda import, which reads files where they lie, or in parts");
            }
        };
    }

    private static void requireHealthy(PreparedDataset prepared, String healthy) {
        if (healthy != null && !prepared.hasClass(healthy)) {
            throw new InvalidFieldException("healthy", healthy, "one of " + prepared.classes() + " or a label");
        }
    }

    /** Its message may name a folder of this machine, and no more. */
    private static ProblemException noRoom(Exception e) {
        return ProblemException.unavailable(
                "the gateway cannot keep the images while it prepares them: is its folder for temporary files full?",
                e);
    }

    private static ImportReportDocument document(
            Map<String, String> counts, ImportReport report, List<String> further) {
        List<String> notes = new ArrayList<>(report.notes());
        notes.addAll(further);
        ImportFindings findings = report.findings();
        return new ImportReportDocument(
                counts,
                notes,
                ImportReportDocument.Listed.of(
                        report.refused().stream().map(RefusedFile::toString).toList()),
                new ImportReportDocument.Duplicates(
                        findings.exact(), findings.near(), findings.acrossSplits(), findings.pairs()),
                ImportReportDocument.Listed.of(findings.constant()));
    }
}
