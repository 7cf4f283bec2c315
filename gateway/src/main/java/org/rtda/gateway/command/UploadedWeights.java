package org.rtda.gateway.command;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.core.network.InvalidSafeTensorsException;
import org.rtda.core.network.SafeTensors;
import org.rtda.gateway.problem.ProblemException;
import org.rtda.store.ArtifactStore;

/** Weights that people bring, checked before anything is stored. Whether they fit a network is for the trainer to say. */
public final class UploadedWeights {
    /** The file's bytes, its values, and the part that the store's client holds while it sends. */
    private static final int HEAP_PER_BYTE = 3;

    private static final int PIECE_BYTES = 1 << 20;

    private final ArtifactStore store;
    private final long largestBytes;

    /**
     * @param maxBytes largest file
     * @param heapBytes of this process: a file may have a third of it
     */
    public UploadedWeights(ArtifactStore store, long maxBytes, long heapBytes) {
        this.store = store;
        this.largestBytes = Math.min(maxBytes, heapBytes / HEAP_PER_BYTE);
    }

    /**
     * One file at a time, so that several fit the heap as one does.
     *
     * @throws ProblemException 400 for what is no safetensors file of finite float32 tensors, 413 for a file too large
     */
    public synchronized ObjectRef store(Path file, long sizeBytes) throws IOException {
        if (sizeBytes > largestBytes) {
            throw ProblemException.tooLarge("weights may have at most " + largestBytes + " bytes, have " + sizeBytes
                    + "; the bound is rtda.gateway.max-weights-bytes and a third of the gateway's Java heap");
        }
        byte[] content = read(file, Math.toIntExact(sizeBytes));
        requireFiniteTensors(content);
        return store.put(ObjectKeys.uploadedWeights(Sha256.hex(content)), content);
    }

    /** In pieces: read at once, a file takes as much memory outside the heap as it is long. */
    private static byte[] read(Path file, int sizeBytes) throws IOException {
        byte[] content = new byte[sizeBytes];
        try (InputStream in = Files.newInputStream(file)) {
            for (int done = 0; done < sizeBytes; ) {
                int read = in.read(content, done, Math.min(PIECE_BYTES, sizeBytes - done));
                if (read < 0) {
                    throw new EOFException(file + " ended after " + done + " of " + sizeBytes + " bytes");
                }
                done += read;
            }
        }
        return content;
    }

    private static void requireFiniteTensors(byte[] content) {
        try {
            SafeTensors.decode(content).weights().requireFinite();
        } catch (InvalidSafeTensorsException | IllegalArgumentException e) {
            throw ProblemException.badRequest("file: " + e.getMessage(), e);
        }
    }
}
