package org.rtda.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
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
     * The object's bytes, checked against the reference.
     *
     * @throws ArtifactMissingException when there is no such object
     * @throws ArtifactCorruptException when its bytes are not those that the reference names
     */
    byte[] get(ObjectRef ref);

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
