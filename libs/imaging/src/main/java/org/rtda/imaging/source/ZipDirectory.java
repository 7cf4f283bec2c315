package org.rtda.imaging.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The directory of a ZIP archive (PKWARE APPNOTE 6.3), read by itself: {@link java.util.zip.ZipFile} says neither how many entries
 * there are before it has read them all, nor which of them are links or encrypted.
 *
 * @param entries files, without folders
 */
record ZipDirectory(List<Entry> entries) {
    /**
     * In which every name can be looked up that is not marked as UTF-8, since each byte is a character of it: code page 437, as the
     * format says.
     */
    static final Charset UNMARKED_NAMES = Charset.forName("IBM437");

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int END64_LOCATOR = 0x07064b50;
    private static final int END64_LOCATOR_BYTES = 20;
    private static final int END64 = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LONGEST_DIRECTORY = 128 << 20;
    /** On average, with its path and what programs add. */
    private static final long BYTES_OF_AN_ENTRY = 512;

    private static final int LONGEST_PATH = 4096;
    private static final int DEEPEST_PATH = 64;
    private static final int UNIX = 3;
    private static final int FILE_TYPE = 0xf000;
    private static final int LINK = 0xa000;
    private static final int FOLDER = 0x4000;
    private static final int NAMES_ARE_UTF8 = 1 << 11;
    private static final long SMALL = 1 << 20;
    private static final long IN_ZIP64 = 0xffff_ffffL;

    /**
     * A file of the archive.
     *
     * @param name by which the archive knows it: in {@link #UNMARKED_NAMES} unless it is marked as UTF-8
     * @param path as people know it, with {@code /}: a name without the mark is in UTF-8, too, where its bytes are UTF-8, which many
     *     programs write without the mark
     * @param sizeBytes unpacked, as the directory says
     */
    record Entry(String name, String path, long sizeBytes) {}

    private record End(long entries, long bytes, long offset) {}

    /**
     * @param name by which messages call it
     * @throws InvalidSourceException when it is no sound archive, or one that holds what is not taken; the message says which
     *     entry and which limit
     */
    static ZipDirectory read(Path file, String name, ZipLimits limits) {
        try (RandomAccessFile zip = new RandomAccessFile(file.toFile(), "r")) {
            End end = end(zip, name);
            if (end.entries() > limits.entries()) {
                throw new InvalidSourceException(name + " holds " + end.entries() + " entries; at most "
                        + limits.entries() + " are taken. Import it in parts, or unpack it and import the folder.");
            }
            long most = Math.min(LONGEST_DIRECTORY, limits.entries() * BYTES_OF_AN_ENTRY + SMALL);
            if (end.bytes() > most && end.bytes() <= zip.length()) {
                throw new InvalidSourceException(name + " names its files in " + end.bytes() + " bytes; at most " + most
                        + " are taken. Give them shorter paths, or import them in parts.");
            }
            if (end.entries() < 0
                    || end.bytes() < 0
                    || end.bytes() > LONGEST_DIRECTORY
                    || end.offset() < 0
                    || end.offset() > zip.length() - end.bytes()) {
                throw damaged(name);
            }
            byte[] directory = new byte[(int) end.bytes()];
            zip.seek(end.offset());
            zip.readFully(directory);
            return parse(name, ByteBuffer.wrap(directory).order(ByteOrder.LITTLE_ENDIAN), (int) end.entries(), limits);
        } catch (IOException e) {
            throw new InvalidSourceException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static End end(RandomAccessFile zip, String name) throws IOException {
        int tail = (int) Math.min(zip.length(), END_BYTES + LONGEST_COMMENT);
        byte[] bytes = new byte[tail];
        zip.seek(zip.length() - tail);
        zip.readFully(bytes);
        ByteBuffer last = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = tail - END_BYTES; at >= 0; at--) {
            if (last.getInt(at) == END && at + END_BYTES + (last.getShort(at + 20) & 0xffff) == tail) {
                long entries = last.getShort(at + 10) & 0xffff;
                long size = last.getInt(at + 12) & IN_ZIP64;
                long offset = last.getInt(at + 16) & IN_ZIP64;
                boolean isLarge = entries == 0xffff || size == IN_ZIP64 || offset == IN_ZIP64;
                return isLarge
                        ? end64(zip, zip.length() - tail + at, new End(entries, size, offset))
                        : new End(entries, size, offset);
            }
        }
        throw new InvalidSourceException(name + " is not a complete ZIP archive; was it cut off?");
    }

    private static End end64(RandomAccessFile zip, long end, End small) throws IOException {
        long locator = end - END64_LOCATOR_BYTES;
        if (locator < 0) {
            return small;
        }
        ByteBuffer found = at(zip, locator, END64_LOCATOR_BYTES);
        if (found.getInt(0) != END64_LOCATOR) {
            return small;
        }
        long record = found.getLong(8);
        if (record < 0 || record > locator - END64_BYTES) {
            return new End(0, -1, -1);
        }
        ByteBuffer large = at(zip, record, END64_BYTES);
        return large.getInt(0) == END64
                ? new End(large.getLong(32), large.getLong(40), large.getLong(48))
                : new End(0, -1, -1);
    }

    private static ByteBuffer at(RandomAccessFile zip, long offset, int bytes) throws IOException {
        byte[] read = new byte[bytes];
        zip.seek(offset);
        zip.readFully(read);
        return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ZipDirectory parse(String archive, ByteBuffer directory, int count, ZipLimits limits) {
        List<byte[]> names = new ArrayList<>();
        List<long[]> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = directory.position();
            if (directory.remaining() < ENTRY_BYTES || directory.getInt(at) != ENTRY) {
                throw damaged(archive);
            }
            int nameBytes = directory.getShort(at + 28) & 0xffff;
            int extraBytes = directory.getShort(at + 30) & 0xffff;
            int commentBytes = directory.getShort(at + 32) & 0xffff;
            if (directory.remaining() < ENTRY_BYTES + nameBytes + extraBytes + commentBytes) {
                throw damaged(archive);
            }
            byte[] name = new byte[nameBytes];
            directory.get(at + ENTRY_BYTES, name);
            long packed = directory.getInt(at + 20) & IN_ZIP64;
            long unpacked = directory.getInt(at + 24) & IN_ZIP64;
            ByteBuffer extra =
                    directory.slice(at + ENTRY_BYTES + nameBytes, extraBytes).order(ByteOrder.LITTLE_ENDIAN);
            long[] sizes = zip64(extra, unpacked, packed);
            int madeBy = directory.getShort(at + 4) >> 8 & 0xff;
            int mode = madeBy == UNIX ? directory.getInt(at + 38) >>> 16 : 0;
            names.add(name);
            numbers.add(new long[] {
                directory.getShort(at + 8) & 0xffff, directory.getShort(at + 10) & 0xffff, sizes[0], sizes[1], mode
            });
            directory.position(at + ENTRY_BYTES + nameBytes + extraBytes + commentBytes);
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        long total = 0;
        for (int i = 0; i < count; i++) {
            long[] of = numbers.get(i);
            boolean isMarked = isMarkedUtf8(of);
            String name = new String(names.get(i), isMarked ? StandardCharsets.UTF_8 : UNMARKED_NAMES);
            String shown = isUtf8(names.get(i)) ? new String(names.get(i), StandardCharsets.UTF_8) : name;
            String path = shown.replace('\\', '/');
            check(archive, path, (int) of[0], (int) of[1], (int) of[4]);
            if (path.endsWith("/") || (of[4] & FILE_TYPE) == FOLDER) {
                continue;
            }
            if (!paths.add(path)) {
                throw new InvalidSourceException(
                        archive + " holds two entries named " + shown(path) + "; which one is meant cannot be known");
            }
            // a sum of sizes that are not true may be too large for a number
            boolean fits = of[2] >= 0 && of[2] <= limits.bytes() - total;
            if (!fits) {
                throw new InvalidSourceException(archive + " unpacks to more than " + limits.bytes()
                        + " bytes, the most that is taken. Import it in parts.");
            }
            total += of[2];
            if (of[2] > SMALL && of[2] / Math.max(1, of[3]) > limits.ratio()) {
                throw new InvalidSourceException(archive + ": " + shown(path) + " unpacks to " + of[2] + " bytes from "
                        + of[3] + "; at most " + limits.ratio()
                        + " times as many are taken, since such a file may be made to fill memory");
            }
            if (!FileTree.isLeftBehind(path)) {
                entries.add(new Entry(name, path, of[2]));
            }
        }
        return new ZipDirectory(List.copyOf(entries));
    }

    /** Unpacked and packed size. */
    private static long[] zip64(ByteBuffer extra, long unpacked, long packed) {
        long[] sizes = {unpacked, packed};
        while (extra.remaining() >= 4) {
            int id = extra.getShort() & 0xffff;
            int length = extra.getShort() & 0xffff;
            if (length > extra.remaining()) {
                break;
            }
            int next = extra.position() + length;
            if (id == 1) {
                for (int i = 0; i < 2; i++) {
                    if (sizes[i] == IN_ZIP64 && next - extra.position() >= Long.BYTES) {
                        sizes[i] = extra.getLong();
                    }
                }
            }
            extra.position(next);
        }
        return sizes;
    }

    private static void check(String archive, String path, int flags, int method, int mode) {
        String entry = archive + ": " + shown(path);
        if ((mode & FILE_TYPE) == LINK) {
            throw new InvalidSourceException(
                    entry + " is a link, and links in archives are not followed. Pack the file that it points to.");
        }
        if (path.length() > LONGEST_PATH || path.chars().filter(c -> c == '/').count() > DEEPEST_PATH) {
            throw new InvalidSourceException(entry + " has a path of " + path.length() + " characters; at most "
                    + LONGEST_PATH + " and " + DEEPEST_PATH + " folders are taken. Move the files further up.");
        }
        boolean isAbsolute = path.startsWith("/") || path.matches("[A-Za-z]:.*");
        boolean climbs = false;
        for (String part : path.split("/", -1)) {
            climbs |= part.equals("..");
        }
        if (isAbsolute || climbs || path.indexOf('\0') >= 0) {
            throw new InvalidSourceException(entry + " "
                    + (isAbsolute ? "is an absolute path" : "leads out of the archive") + "; paths must lie inside it");
        }
        if ((flags & 1) != 0) {
            throw new InvalidSourceException(entry + " is encrypted. Pack the files without a password.");
        }
        if (method != 0 && method != 8) {
            throw new InvalidSourceException(
                    entry + " is packed by method " + method + "; stored (0) and deflated (8) files are read");
        }
    }

    private static boolean isMarkedUtf8(long[] numbers) {
        return (numbers[0] & NAMES_ARE_UTF8) != 0;
    }

    private static boolean isUtf8(byte[] name) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String shown(String path) {
        String line = path.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }

    private static InvalidSourceException damaged(String archive) {
        return new InvalidSourceException(
                archive + " is damaged: its directory is not what its end says. Get it again.");
    }
}
