package org.rtda.store;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.Sha256;

/** Length and checksums of an object's bytes as they pass. For one thread. */
final class Checksums {
    /** Null when it is not asked for. */
    private final MessageDigest sha256;

    /** Null when it is not asked for. */
    private final CRC32C crc32c;

    private long sizeBytes;

    private Checksums(MessageDigest sha256, CRC32C crc32c) {
        this.sha256 = sha256;
        this.crc32c = crc32c;
    }

    /** For a reference to an object that is being written. */
    static Checksums both() {
        return new Checksums(Sha256.digest(), new CRC32C());
    }

    /**
     * To compare with a reference: of a transient object by the sum that takes the least time. Of what lasts the SHA-256 is part of what
     * people are told, so another sum, which anybody may add to a reference, does not stand for it.
     */
    static Checksums comparableTo(ObjectRef ref) {
        return ref.crc32c() != null && ObjectKeys.isTransient(ref.key())
                ? new Checksums(null, new CRC32C())
                : new Checksums(Sha256.digest(), null);
    }

    void add(byte[] bytes, int offset, int length) {
        if (sha256 != null) {
            sha256.update(bytes, offset, length);
        }
        if (crc32c != null) {
            crc32c.update(bytes, offset, length);
        }
        sizeBytes += length;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Of {@link #both}; to be called once. */
    ObjectRef ref(String key) {
        return new ObjectRef(key, HexFormat.of().formatHex(sha256.digest()), sizeBytes, hex(crc32c));
    }

    /**
     * To be called once.
     *
     * @throws ArtifactCorruptException when the bytes are not those that the reference names
     */
    void require(ObjectRef ref) {
        String wanted = crc32c == null ? "sha256 " + ref.sha256() : "crc32c " + ref.crc32c();
        String found = crc32c == null ? "sha256 " + HexFormat.of().formatHex(sha256.digest()) : "crc32c " + hex(crc32c);
        if (!found.equals(wanted) || sizeBytes != ref.sizeBytes()) {
            throw new ArtifactCorruptException(
                    ref.key(),
                    wanted + " (" + ref.sizeBytes() + " bytes)",
                    sizeBytes > ref.sizeBytes() ? "more bytes" : found + " (" + sizeBytes + " bytes)");
        }
    }

    private static String hex(CRC32C sum) {
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
