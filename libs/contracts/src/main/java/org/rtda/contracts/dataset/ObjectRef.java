package org.rtda.contracts.dataset;

import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;

/**
 * An object in the store, pinned to its content.
 *
 * @param key the object's name in the bucket
 * @param sha256 of its bytes, lower-case hexadecimal; a reader refuses other bytes
 * @param sizeBytes its length
 */
public record ObjectRef(String key, String sha256, long sizeBytes) {
    public ObjectRef {
        Check.present("key", key);
        Check.present("sha256", sha256);
        if (sizeBytes < 0) {
            throw new InvalidFieldException("sizeBytes", sizeBytes, "at least 0");
        }
    }
}
