package org.rtda.imaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret with which patients' identifiers are hashed, so that images of one patient can be found without knowing who it is.
 * Whoever has the key can test guesses of identifiers, so it stays on the machine of the images' owner. The same key gives the
 * same hashes: keep it to compare later imports with earlier ones.
 */
public final class PatientKey {
    /** The environment variable that names the key's file. */
    public static final String VARIABLE = "RTDA_PATIENT_KEY";

    /** Length of a key. */
    public static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> MODE_600 =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    private final SecretKeySpec key;

    private PatientKey(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * @throws IllegalArgumentException when the secret is not of {@link #BYTES} bytes
     */
    public static PatientKey of(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a patient key must have " + BYTES + " bytes, had " + secret.length);
        }
        return new PatientKey(secret.clone());
    }

    /** A new key at random. */
    public static PatientKey random() {
        return of(randomBytes());
    }

    /**
     * The key of a file, which is made with mode 600 where it does not exist. The file holds the key's {@link #BYTES} bytes as
     * they are.
     *
     * @throws IOException when the file cannot be read or made, is not of {@link #BYTES} bytes, or can be read by others than
     *     its owner; the message says what to do
     */
    public static PatientKey load(Path file) throws IOException {
        if (Files.notExists(file)) {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            make(file, folder);
        }
        refuseForOthers(file);
        byte[] secret = Files.readAllBytes(file);
        if (secret.length != BYTES) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "a patient key must have " + BYTES + " bytes, this file has " + secret.length
                            + "; name another file in " + VARIABLE + ", or remove this one to have a new key made");
        }
        return of(secret);
    }

    /** Whole or not at all: another process that starts at the same time must not read half a key, nor make a second one. */
    private static void make(Path file, Path folder) throws IOException {
        Path part = Files.createTempFile(folder, "patient-key", ".part", MODE_600);
        try {
            Files.write(part, randomBytes());
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException anotherProcessMadeIt) {
            // its key is as good as ours, and there must be one only
        } finally {
            Files.delete(part);
        }
    }

    private static void refuseForOthers(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "a patient key must be readable by its owner alone, this file has "
                            + PosixFilePermissions.toString(permissions) + "; change it with chmod 600");
        }
    }

    /** {@link #hash(String, String)} of an identifier without an issuer. */
    public String hash(String patientId) {
        return hash(patientId, null);
    }

    /**
     * HMAC-SHA-256 of a patient's identifier in 64 hexadecimal digits. Spaces around identifier and issuer do not count, nor whether
     * an accent is a part of its letter or stands after it (Unicode's form C), as in file names of different systems.
     *
     * @param issuer who gave the identifier, since two hospitals may give the same one; null or blank where nobody says
     * @throws IllegalArgumentException when the identifier is blank: every patient without one would be the same
     */
    public String hash(String patientId, String issuer) {
        String id = patientId.strip();
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a patient's identifier must not be blank");
        }
        String from = issuer == null ? "" : issuer.strip();
        String text = Normalizer.normalize(from.isEmpty() ? id : id + "\0" + from, Normalizer.Form.NFC);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static byte[] randomBytes() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}
