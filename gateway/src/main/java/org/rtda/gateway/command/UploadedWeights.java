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

/** Checks and stores weights that people upload. Whether they fit a network is checked when an experiment is submitted. */
public final class UploadedWeights {
    private static final int PIECE_BYTES = 1 << 20;

    private final ArtifactStore store;
    private final WeightsLimit largest;

    public UploadedWeights(ArtifactStore store, WeightsLimit largest) {
        this.store = store;
        this.largest = largest;
    }

    /**
     * One file at a time, so that several fit the heap as one does.
     *
     * @throws ProblemException 400 for what is no safetensors file of finite float32 tensors, 413 for a file too large
     */
    public synchronized ObjectRef store(Path file, long sizeBytes) throws IOException {
        if (sizeBytes > largest.bytes()) {
            throw ProblemException.tooLarge("weights have " + sizeBytes + " bytes, may have " + largest.allowed());
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
