package org.rtda.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Payload;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.core.ImageBatch;

/**
 * Writes and reads the image batches of messages: in the message up to a limit, in the store above it. Readers do not
 * see the difference.
 */
public final class Payloads {
    public static final int DEFAULT_INLINE_LIMIT_BYTES = 512 * 1024;

    private final ArtifactStore store;
    private final int inlineLimitBytes;

    /** @param inlineLimitBytes the largest array that rides in its message; 0 sends every one through the store */
    public Payloads(ArtifactStore store, int inlineLimitBytes) {
        if (inlineLimitBytes < 0) {
            throw new IllegalArgumentException("inlineLimitBytes must be at least 0, was " + inlineLimitBytes);
        }
        this.store = store;
        this.inlineLimitBytes = inlineLimitBytes;
    }

    /** @param requestId names the object when one is needed; writing again under the same id replaces it */
    public Payload write(String requestId, ImageBatch images) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(images.pixels().length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(images.pixels());
        byte[] bytes = buffer.array();
        if (bytes.length <= inlineLimitBytes) {
            return new Payload(images.shape(), Sha256.hex(bytes), bytes, null);
        }
        ObjectRef object = store.put(ObjectKeys.payload(requestId), bytes);
        return new Payload(images.shape(), object.sha256(), null, object);
    }

    /**
     * @throws InvalidMessageException when the shape is not N x C x H x W
     * @throws ArtifactException when the bytes are missing, corrupt or out of reach
     */
    public ImageBatch read(Payload payload) {
        int[] shape = checkedShape(payload.shape());
        byte[] bytes = payload.inline() != null ? payload.inline() : store.get(payload.object());
        String found = Sha256.hex(bytes);
        if (!found.equals(payload.sha256())) {
            String name = payload.object() == null
                    ? "(inline payload)"
                    : payload.object().key();
            throw new ArtifactCorruptException(name, "sha256 " + payload.sha256(), "sha256 " + found);
        }
        float[] pixels = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(pixels);
        return new ImageBatch(shape[0], shape[1], shape[2], shape[3], pixels);
    }

    /** Removes the object behind the payload, if there is one. The payload cannot be read afterwards. */
    public void discard(Payload payload) {
        if (payload.object() != null) {
            store.delete(payload.object().key());
        }
    }

    /** The record has seen to it that the shape's values fill the bytes. */
    private static int[] checkedShape(long[] shape) {
        if (shape.length != 4) {
            throw new InvalidMessageException(
                    "a payload's shape must be N x C x H x W, was " + Arrays.toString(shape), null);
        }
        return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    }
}
