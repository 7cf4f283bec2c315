package org.rtda.preparation;

import org.rtda.imaging.ReadLimits;

/** How much memory an image takes while it is decoded: so many can be read at once, or so large may one be. */
public final class DecodingMemory {
    /** Of the formats that take most (JPEG 2000): the file, the decoder's arrays, the samples. 480 MiB for 32 Mi pixels. */
    private static final long BYTES_OF_A_PIXEL = 15;

    private static final int MOST_THREADS = 8;

    private DecodingMemory() {}

    /**
     * Images to read at once.
     *
     * @param memory bytes that there are
     * @param limits of each
     * @return as many as there are processors and as fit the memory even where each is the largest, at least 1, at most 8
     */
    public static int threads(int processors, long memory, ReadLimits limits) {
        return (int) Math.max(
                1, Math.min(Math.min(MOST_THREADS, processors), memory / (limits.pixels() * BYTES_OF_A_PIXEL)));
    }

    /**
     * The largest image that one thread may decode.
     *
     * @param memory bytes that there are for it
     * @param most limits that hold however much memory there is
     */
    public static ReadLimits limits(long memory, ReadLimits most) {
        return new ReadLimits(
                Math.max(1, Math.min(most.bytes(), memory / 4)),
                Math.max(1, Math.min(most.pixels(), memory / BYTES_OF_A_PIXEL)));
    }
}
