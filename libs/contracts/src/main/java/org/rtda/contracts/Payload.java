package org.rtda.contracts;

import java.util.Arrays;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * An array of float32, little-endian, row-major, carried in the message or claimed from the store. Readers go through
 * the artifact store's {@code Payloads}, which hides which of the two it is and checks the sum.
 *
 * @param shape sizes, outermost first (images: N, C, H, W)
 * @param sha256 of the array's bytes
 * @param inline the bytes, or null when they are in the store
 * @param object where the bytes are, or null when they are inline
 */
public record Payload(long[] shape, String sha256, byte[] inline, ObjectRef object) {
    /** More than this cannot be one array in Java. */
    private static final long MAX_VALUES = Integer.MAX_VALUE / Float.BYTES;

    public Payload {
        Check.present("shape", shape);
        Check.present("sha256", sha256);
        if ((inline == null) == (object == null)) {
            throw new InvalidFieldException(
                    "payload",
                    inline == null ? "neither inline nor object" : "both inline and object",
                    "exactly one of the two");
        }
        long values = 1;
        for (long side : shape) {
            values = Check.inRange("payload.shape", side, 1, MAX_VALUES / values) * values;
        }
        long sizeBytes = inline == null ? object.sizeBytes() : inline.length;
        if (sizeBytes != values * Float.BYTES) {
            throw new InvalidFieldException(
                    "payload (size in bytes)", sizeBytes, values * Float.BYTES + ", four for each value of the shape");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(shape, that.shape) && sha256.equals(that.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    @Override
    public String toString() {
        return "Payload" + Arrays.toString(shape) + (object == null ? " inline" : " at " + object.key());
    }
}
