package org.rtda.contracts.dataset;

import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;

/**
 * An object in the store, pinned to its content.
 *
 * @param key the object's name in the bucket
 * @param sha256 of its bytes, lower-case hexadecimal; a reader refuses other bytes
 * @param sizeBytes its length
 * @param crc32c CRC-32C of its bytes, eight lower-case hexadecimal digits; null where it was not computed. Objects that live for a
 *     training step have it: a reader that knows it checks it instead of the SHA-256, which takes several times as long
 */
public record ObjectRef(String key, String sha256, long sizeBytes, String crc32c) {
    public ObjectRef {
        Check.present("key", key);
        Check.present("sha256", sha256);
        if (sizeBytes < 0) {
            throw new InvalidFieldException("sizeBytes", sizeBytes, "at least 0");
        }
    }

    /** Of an object that lasts. */
    public ObjectRef(String key, String sha256, long sizeBytes) {
        this(key, sha256, sizeBytes, null);
    }
}
