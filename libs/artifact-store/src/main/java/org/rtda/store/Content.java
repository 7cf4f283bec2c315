package org.rtda.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.Sha256;

/** Names and checks of objects, the same in every store. */
final class Content {
    private static final int LONGEST_KEY = 1024;

    private Content() {}

    static ObjectRef refOf(String key, byte[] content) {
        return new ObjectRef(key, Sha256.hex(content), content.length);
    }

    static byte[] verified(ObjectRef ref, byte[] content) {
        Checksums sums = Checksums.comparableTo(ref);
        sums.add(content, 0, content.length);
        sums.require(ref);
        return content;
    }

    /** Reads all of it, or one byte more than there should be, and holds little at a time. */
    static void verify(ObjectRef ref, InputStream content) throws IOException {
        read(ref, content, nothing -> null);
    }

    /**
     * What the reader makes of the content, once it is known to be the right one.
     *
     * @throws ArtifactCorruptException when it is not; a failure of the reader counts only where it is
     * @throws IOException when the content cannot be read
     */
    static <T> T read(ObjectRef ref, InputStream content, ContentReader<T> reader) throws IOException {
        Checksums sums = Checksums.comparableTo(ref);
        ChecksumInput summed = new ChecksumInput(content, sums);
        T result = null;
        RuntimeException failure = null;
        try {
            result = reader.from(summed);
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        } catch (RuntimeException e) {
            failure = e;
        }
        summed.finish(ref.sizeBytes());
        sums.require(ref);
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    /**
     * All that a writer writes, with a reference that has both sums.
     *
     * @param ref to an object of this key
     */
    record Written(byte[] bytes, ObjectRef ref) {
        /** @throws IllegalStateException when it writes another number of bytes */
        static Written by(ContentWriter writer, String key, long sizeBytes) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(sizeBytes));
            ObjectRef ref;
            try {
                ref = write(writer, key, sizeBytes, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("an array takes every byte", e);
            }
            return new Written(bytes.toByteArray(), ref);
        }
    }

    /**
     * Writes to a stream.
     *
     * @return reference with both sums
     * @throws IllegalStateException when the writer writes another number of bytes
     */
    static ObjectRef write(ContentWriter writer, String key, long sizeBytes, OutputStream to) throws IOException {
        Checksums sums = Checksums.both();
        writer.writeTo(new ChecksumOutput(to, sums));
        if (sums.sizeBytes() != sizeBytes) {
            throw new IllegalStateException("object " + key + " was to have " + sizeBytes + " bytes, and "
                    + sums.sizeBytes() + " were written");
        }
        return sums.ref(key);
    }

    static String checkedKey(String key) {
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        boolean fits = length >= 1 && length <= LONGEST_KEY;
        for (String part : key.split("/", -1)) {
            fits = fits && !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!fits) {
            throw new IllegalArgumentException("a key must be 1 to " + LONGEST_KEY
                    + " bytes in parts separated by '/', none of them empty, '.' or '..', was '" + key + "'");
        }
        return key;
    }
}
