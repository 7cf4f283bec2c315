package org.rtda.imaging.codec;

import java.io.EOFException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes as a decoder's input, with an exception at their end. JJ2000 takes the usual -1 for eight ones, of which a damaged stream can
 * want any number, and never stops.
 */
final class StrictInput extends ImageInputStreamImpl {
    private final byte[] content;

    /**
     * @param content not copied
     */
    StrictInput(byte[] content) {
        this.content = content;
    }

    @Override
    public int read() throws EOFException {
        bitOffset = 0;
        if (streamPos >= content.length) {
            throw new EOFException();
        }
        return content[(int) streamPos++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int size) throws EOFException {
        bitOffset = 0;
        if (size == 0) {
            return 0;
        }
        if (streamPos >= content.length) {
            throw new EOFException();
        }
        int count = (int) Math.min(size, content.length - streamPos);
        System.arraycopy(content, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return content.length;
    }
}
