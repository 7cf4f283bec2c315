package org.rtda.store;

import java.io.IOException;
import java.io.OutputStream;

/** Sums up what is written through it. For one thread. */
final class ChecksumOutput extends OutputStream {
    private final OutputStream target;
    private final Checksums sums;

    ChecksumOutput(OutputStream target, Checksums sums) {
        this.target = target;
        this.sums = sums;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        sums.add(bytes, offset, length);
        target.write(bytes, offset, length);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }
}
