package org.rtda.imaging.set;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.rtda.imaging.duplicate.PixelSource;

/**
 * Prepared images on a disk, all of one size, by their place, so that a set of any size costs no memory. Safe for use by several
 * threads that write different places. The file disappears when it is closed.
 */
public final class PixelSpool implements PixelSource, AutoCloseable {
    private final FileChannel file;
    private final int imageBytes;

    private PixelSpool(FileChannel file, int imageBytes) {
        this.file = file;
        this.imageBytes = imageBytes;
    }

    /** @param file must not exist */
    public static PixelSpool create(Path file, int imageBytes) throws IOException {
        return new PixelSpool(
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                imageBytes);
    }

    public void write(int place, byte[] pixels) {
        if (pixels.length != imageBytes) {
            throw new IllegalArgumentException("an image must have " + imageBytes + " bytes, had " + pixels.length);
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(pixels);
            long at = (long) place * imageBytes;
            while (bytes.hasRemaining()) {
                file.write(bytes, at + bytes.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for temporary files is full or out of reach", e);
        }
    }

    @Override
    public byte[] pixels(int place) {
        ByteBuffer bytes = ByteBuffer.allocate(imageBytes);
        long at = (long) place * imageBytes;
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, at + bytes.position()) < 0) {
                    throw new IllegalStateException("no image was written at place " + place);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for temporary files is out of reach", e);
        }
        return bytes.array();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
