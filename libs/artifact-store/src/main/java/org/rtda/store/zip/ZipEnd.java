package org.rtda.store.zip;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What the end of a ZIP archive says of its directory (PKWARE APPNOTE 6.3). {@link java.util.zip.ZipFile} reads the whole directory into
 * memory before it says how large that is.
 *
 * @param entries files and folders
 * @param directoryBytes size of the directory
 */
public record ZipEnd(long entries, long directoryBytes) {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int LOCATOR64_BYTES = 20;
    private static final int END64 = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final long COUNT_IN_END64 = 0xffff;
    private static final long SIZE_IN_END64 = 0xffff_ffffL;

    /** @throws IOException when the file cannot be read, or has no end of a ZIP archive */
    public static ZipEnd read(Path file) throws IOException {
        try (RandomAccessFile zip = new RandomAccessFile(file.toFile(), "r")) {
            long length = zip.length();
            int tail = (int) Math.min(length, END_BYTES + LONGEST_COMMENT);
            ByteBuffer last = at(zip, length - tail, tail);
            for (int place = tail - END_BYTES; place >= 0; place--) {
                if (last.getInt(place) == END) {
                    // two readers that take different ends would read different archives
                    if (place + END_BYTES + (last.getShort(place + 20) & 0xffff) != tail) {
                        throw new IOException("something follows its end");
                    }
                    ZipEnd small =
                            new ZipEnd(last.getShort(place + 10) & 0xffff, last.getInt(place + 12) & SIZE_IN_END64);
                    return small.completed(zip, length - tail + place - LOCATOR64_BYTES);
                }
            }
        }
        throw new IOException("it has no end");
    }

    /** Takes what is too large for a small end from the large one. */
    private ZipEnd completed(RandomAccessFile zip, long locator) throws IOException {
        if (entries != COUNT_IN_END64 && directoryBytes != SIZE_IN_END64) {
            return this;
        }
        if (locator < 0) {
            return this;
        }
        ByteBuffer found = at(zip, locator, LOCATOR64_BYTES);
        if (found.getInt(0) != LOCATOR64) {
            return this;
        }
        long place = found.getLong(8);
        if (place < 0 || place > locator - END64_BYTES) {
            throw new IOException("its end is not where it says");
        }
        ByteBuffer large = at(zip, place, END64_BYTES);
        if (large.getInt(0) != END64) {
            throw new IOException("its end is not where it says");
        }
        return new ZipEnd(
                entries == COUNT_IN_END64 ? large.getLong(32) : entries,
                directoryBytes == SIZE_IN_END64 ? large.getLong(40) : directoryBytes);
    }

    private static ByteBuffer at(RandomAccessFile zip, long offset, int bytes) throws IOException {
        byte[] read = new byte[bytes];
        zip.seek(offset);
        zip.readFully(read);
        return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
    }
}
