package org.rtda.imaging.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;

/**
 * One directory of a TIFF structure (TIFF 6.0): numbers by tag. The values stay where they are until they are asked for.
 */
final class TiffDirectory {
    /** Bytes of a value by type; 0 for types that hold no whole numbers. */
    private static final int[] SIZE_OF_TYPE = {0, 1, 0, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4};

    private static final int MOST_PAGES = 2_000;

    private final Bytes file;
    private final Map<Integer, Long> entries = new HashMap<>();
    private final long next;

    private TiffDirectory(Bytes file, long at) {
        this.file = file;
        int count = file.u16(at);
        for (int i = 0; i < count; i++) {
            long entry = at + 2 + 12L * i;
            entries.putIfAbsent(file.u16(entry), entry);
        }
        this.next = file.u32(at + 2 + 12L * count);
    }

    static boolean recognises(Bytes content) {
        return content.startsWith(0, "II*\0") || content.startsWith(0, "MM\0*");
    }

    /** The first directory. */
    static TiffDirectory first(Bytes content) {
        if (!recognises(content)) {
            throw UnreadableImageException.damaged("a TIFF or EXIF structure has no proper beginning");
        }
        Bytes file = content.startsWith(0, "II") ? content.littleEndian() : content.bigEndian();
        return new TiffDirectory(file, file.u32(4));
    }

    /** This directory and those after it. */
    List<TiffDirectory> all() {
        List<TiffDirectory> all = new ArrayList<>(List.of(this));
        Set<Long> seen = new HashSet<>();
        for (TiffDirectory page = this; page.next != 0; ) {
            if (!seen.add(page.next) || all.size() == MOST_PAGES) {
                throw UnreadableImageException.damaged("its pages form a ring, or are more than " + MOST_PAGES);
            }
            page = new TiffDirectory(file, page.next);
            all.add(page);
        }
        return all;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** The first number of a tag, or the given one where it is absent. */
    long number(int tag, long otherwise) {
        return has(tag) ? numbers(tag)[0] : otherwise;
    }

    /** The first number of a tag that must be there. */
    long number(int tag) {
        return numbers(tag)[0];
    }

    /** Every number of a tag that must be there; at least one. */
    long[] numbers(int tag) {
        Long entry = entries.get(tag);
        if (entry == null) {
            throw UnreadableImageException.damaged("its TIFF field " + tag + " is missing");
        }
        int type = file.u16(entry + 2);
        int size = type < SIZE_OF_TYPE.length ? SIZE_OF_TYPE[type] : 0;
        long count = file.u32(entry + 4);
        if (size == 0 || count == 0) {
            throw UnreadableImageException.damaged("its TIFF field " + tag + " holds no whole number");
        }
        long bytes = size * count;
        Bytes values = bytes <= 4 ? file.part(entry + 8, bytes) : file.part(file.u32(entry + 8), bytes);
        long[] numbers = new long[(int) count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = size == 1 ? values.u8(i) : size == 2 ? values.u16(2L * i) : values.u32(4L * i);
        }
        return numbers;
    }

    Bytes file() {
        return file;
    }
}
