package org.rtda.store;

import io.minio.GetObjectResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The body of a store's answer, in one array that has the right size from the start where the answer says it. */
final class ResponseBytes {
    private ResponseBytes() {}

    /** How many bytes the answer says that it has; empty where it does not say so. */
    static OptionalLong length(GetObjectResponse answer) {
        String length = answer.headers().get("Content-Length");
        return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
    }

    /**
     * @param length of the body, where it is known
     * @param most bytes that are read of a longer one
     * @throws EOFException when the body ends before its length
     * @throws IOException when the body cannot be read
     */
    static byte[] read(InputStream body, OptionalLong length, int most) throws IOException {
        if (length.isEmpty()) {
            return body.readNBytes(most);
        }
        byte[] bytes = new byte[(int) Math.min(length.getAsLong(), most)];
        int read = body.readNBytes(bytes, 0, bytes.length);
        if (read < bytes.length) {
            throw new EOFException("the object ended after " + read + " of " + length.getAsLong() + " bytes");
        }
        return bytes;
    }
}
