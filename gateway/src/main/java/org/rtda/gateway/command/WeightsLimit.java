package org.rtda.gateway.command;

/**
 * The largest file of weights that the gateway reads, as an upload or because a specification names it.
 *
 * @param bytes at most
 */
public record WeightsLimit(long bytes) {
    /** The file's bytes, its values, and the part that the store's client holds while it sends. */
    private static final int HEAP_PER_BYTE = 3;

    /**
     * @param maxBytes as it is set
     * @param heapBytes of this process: a file may have a third of it
     */
    public static WeightsLimit of(long maxBytes, long heapBytes) {
        return new WeightsLimit(Math.min(maxBytes, heapBytes / HEAP_PER_BYTE));
    }

    /** As a refusal says it. */
    String allowed() {
        return "at most " + bytes
                + " bytes; the bound is rtda.gateway.max-weights-bytes and a third of the gateway's Java heap";
    }
}
