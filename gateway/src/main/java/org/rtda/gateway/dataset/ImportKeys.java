package org.rtda.gateway.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rtda.imaging.PatientKey;

/** With which key patients and file names of an archive are hashed: the gateway's own, or a new one for each import. */
public final class ImportKeys {
    private final PatientKey kept;

    private ImportKeys(PatientKey kept) {
        this.kept = kept;
    }

    /**
     * @param file of the gateway's key, which is made where it is not there; empty for a new key for each import
     * @throws IllegalStateException when the file cannot be used; the message says why
     */
    public static ImportKeys of(Optional<Path> file) {
        try {
            return new ImportKeys(file.isPresent() ? PatientKey.load(file.get()) : null);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the key for patients' hashes (" + PatientKey.VARIABLE + ", rtda.patient-key) cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    /** For one import. */
    PatientKey next() {
        return kept == null ? PatientKey.random() : kept;
    }

    /** What the person who imports must know of it. */
    List<String> notes() {
        return kept == null
                ? List.of(
                        "hashes of patients and file names were made with a key that was drawn for this import and is not"
                                + " kept: in another import the same patient has another hash. A gateway with a key of its own ("
                                + PatientKey.VARIABLE + ") recognises patients again")
                : List.of();
    }
}
