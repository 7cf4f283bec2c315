package org.rtda.store;

import java.io.IOException;
import java.io.InputStream;

/** Sums up what is read through it, and knows a failure of its source from one of its reader. For one thread. */
final class ChecksumInput extends InputStream {
    private static final int BLOCK_BYTES = 64 << 10;

    private final InputStream source;
    private final Checksums sums;
    private IOException failure;

    ChecksumInput(InputStream source, Checksums sums) {
        this.source = source;
        this.sums = sums;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int read = source.read(into, offset, length);
            if (read > 0) {
                sums.add(into, offset, read);
            }
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads on, to the end or to one byte beyond this number of bytes.
     *
     * @throws IOException when the source fails, or has failed before
     */
    void finish(long mostBytes) throws IOException {
        if (failure != null) {
            throw failure;
        }
        byte[] block = new byte[BLOCK_BYTES];
        while (sums.sizeBytes() <= mostBytes
                && read(block, 0, (int) Math.min(block.length, mostBytes + 1 - sums.sizeBytes())) >= 0) {
            // the sums are all that is wanted
        }
    }
}
