package org.rtda.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * An object store. Keys are 1 to 1024 bytes of UTF-8 in parts separated by {@code /}, none of them empty, {@code .} or
 * {@code ..}. Safe for use by several threads. What was written is found and listed by whoever asks afterwards, in every process. It
 * gives no locks: of two writers of a key, one wins.
 *
 * <p>Every method throws {@link ArtifactStoreUnavailableException} when the store cannot be reached or refuses to serve.
 */
public interface ArtifactStore {

    /** Writes the object whole, over one that is there. A copy is kept: the array may change afterwards. */
    ObjectRef put(String key, byte[] content);

    /**
     * Writes the object whole, as {@link #put} does, from bytes that are made on the way. For what lives shortly: where a store checks
     * what {@code put} sends to it, it need not do so here. The reader does.
     *
     * @param sizeBytes how many bytes the writer writes
     * @return reference with both sums, so that readers can check the faster one
     */
    default ObjectRef write(String key, long sizeBytes, ContentWriter writer) {
        Content.Written written = Content.Written.by(writer, key, sizeBytes);
        put(key, written.bytes());
        return written.ref();
    }

    /**
     * The object's bytes, checked against the reference: by its CRC-32C where it has one, else by its SHA-256.
     *
     * @throws ArtifactMissingException when there is no such object
     * @throws ArtifactCorruptException when its bytes are not those that the reference names
     */
    byte[] get(ObjectRef ref);

    /**
     * What the reader makes of the object's bytes, which are checked as in {@link #get}. The reader gets them while they come, and the
     * caller its result when all of them are the right ones. A failure of the reader on the right bytes is the caller's.
     *
     * @throws ArtifactMissingException when there is no such object
     * @throws ArtifactCorruptException when its bytes are not those that the reference names
     */
    default <T> T read(ObjectRef ref, ContentReader<T> reader) {
        try {
            return reader.from(new ByteArrayInputStream(get(ref)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the object through and checks it as {@link #get} does, without holding it.
     *
     * @throws ArtifactMissingException when there is no such object
     * @throws ArtifactCorruptException when its bytes are not those that the reference names
     */
    default void verify(ObjectRef ref) {
        get(ref);
    }

    /**
     * Some of the object's bytes as they are now, unchecked, read from the store while the caller reads them. The caller closes the
     * stream.
     *
     * @param from the first byte's place, at least 0
     * @param length how many bytes, at least 1; together they lie within the object
     * @throws ArtifactMissingException when there is no such object
     */
    default InputStream open(ObjectRef ref, long from, long length) {
        return new ByteArrayInputStream(get(ref), Math.toIntExact(from), Math.toIntExact(length));
    }

    /** The object's bytes as they are now, unchecked; empty when there is no such object. */
    Optional<byte[]> find(String key);

    /** All keys that begin with the prefix, sorted. */
    List<String> list(String prefix);

    /** Removes the object; one that is absent is no error. */
    void delete(String key);
}
