package org.rtda.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.Payload;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.core.FloatBytes;
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
        float[] pixels = images.pixels();
        int sizeBytes = Math.multiplyExact(pixels.length, Float.BYTES);
        if (sizeBytes <= inlineLimitBytes) {
            byte[] bytes = new byte[sizeBytes];
            littleEndian(bytes).put(pixels);
            return new Payload(images.shape(), Sha256.hex(bytes), bytes, null);
        }
        ObjectRef object = store.write(ObjectKeys.payload(requestId), sizeBytes, out -> FloatBytes.write(pixels, out));
        return new Payload(images.shape(), object.sha256(), null, object);
    }

    /**
     * @throws InvalidMessageException when the shape is not N x C x H x W
     * @throws ArtifactException when the bytes are missing, corrupt or out of reach
     */
    public ImageBatch read(Payload payload) {
        int[] shape = checkedShape(payload.shape());
        float[] pixels = payload.inline() == null ? stored(payload) : inline(payload);
        return new ImageBatch(shape[0], shape[1], shape[2], shape[3], pixels);
    }

    private static float[] inline(Payload payload) {
        requireSum("(inline payload)", payload.sha256(), Sha256.hex(payload.inline()));
        float[] pixels = new float[payload.inline().length / Float.BYTES];
        littleEndian(payload.inline()).get(pixels);
        return pixels;
    }

    /** The store checks the object's bytes against its reference, and no byte is looked at twice. */
    private float[] stored(Payload payload) {
        ObjectRef object = payload.object();
        requireSum(object.key(), payload.sha256(), object.sha256());
        return store.read(object, in -> {
            float[] pixels = new float[(int) (object.sizeBytes() / Float.BYTES)];
            FloatBytes.read(in, pixels);
            return pixels;
        });
    }

    private static void requireSum(String name, String expected, String found) {
        if (!found.equals(expected)) {
            throw new ArtifactCorruptException(name, "sha256 " + expected, "sha256 " + found);
        }
    }

    private static FloatBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
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
