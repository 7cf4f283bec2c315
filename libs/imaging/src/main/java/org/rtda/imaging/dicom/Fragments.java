package org.rtda.imaging.dicom;

import java.util.ArrayList;
import java.util.List;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;
import org.rtda.imaging.codec.Jpeg2000Decoder;
import org.rtda.imaging.codec.JpegHeader;

/**
 * Encapsulated pixels as a file holds them.
 *
 * @param offsets of each frame's first fragment from the first fragment of all, as the basic offset table gives them; often empty
 * @param fragments pieces of compressed frames
 * @param positions where each fragment begins, counted as the offsets are
 */
record Fragments(List<Long> offsets, List<Bytes> fragments, List<Long> positions) {

    /**
     * @param items the offset table and the fragments
     * @param starts where the item of each begins
     */
    static Fragments of(List<Bytes> items, List<Long> starts) {
        if (items.size() < 2) {
            throw UnreadableImageException.damaged("it holds no compressed pixels");
        }
        Bytes table = items.get(0);
        List<Long> offsets = new ArrayList<>();
        for (long at = 0; at + 4 <= table.length(); at += 4) {
            offsets.add(table.u32(at));
        }
        List<Long> positions = new ArrayList<>();
        for (long start : starts.subList(1, starts.size())) {
            positions.add(start - starts.get(1));
        }
        return new Fragments(offsets, items.subList(1, items.size()), positions);
    }

    /** The bytes of one frame of {@code count}; {@code extendedOffsets} is the extended offset table, null where there is none. */
    Bytes frame(int index, int count, Bytes extendedOffsets) {
        if (count == 1) {
            refuseHiddenFrames();
            return joined(0, fragments.size());
        }
        if (fragments.size() == count) {
            return fragments.get(index);
        }
        List<Integer> first = firstFragments(count, extendedOffsets);
        int end = index + 1 < count ? first.get(index + 1) : fragments.size();
        return joined(first.get(index), end);
    }

    /** A file that says it has one frame and begins several images would show the first as if it were all. */
    private void refuseHiddenFrames() {
        if (fragments.stream().filter(Fragments::beginsImage).count() > 1) {
            throw UnreadableImageException.damaged(
                    "it says that it has one frame, and its pixels are those of several");
        }
    }

    private List<Integer> firstFragments(int count, Bytes extendedOffsets) {
        List<Long> starts = offsets;
        if (extendedOffsets != null) {
            starts = new ArrayList<>();
            for (long at = 0; at + 8 <= extendedOffsets.length(); at += 8) {
                starts.add(extendedOffsets.s64(at));
            }
        }
        List<Integer> first = new ArrayList<>();
        if (starts.size() == count) {
            int fragment = 0;
            for (long start : starts) {
                while (fragment < positions.size() && positions.get(fragment) < start) {
                    fragment++;
                }
                if (fragment == positions.size() || positions.get(fragment) != start) {
                    throw UnreadableImageException.damaged("its offset table does not point at its fragments");
                }
                first.add(fragment);
            }
        } else {
            for (int i = 0; i < fragments.size(); i++) {
                if (beginsImage(fragments.get(i))) {
                    first.add(i);
                }
            }
        }
        if (first.size() != count || first.get(0) != 0) {
            throw UnreadableImageException.damaged("which of its " + fragments.size()
                    + " fragments belong to which of its " + count + " frames cannot be told");
        }
        return first;
    }

    private static boolean beginsImage(Bytes fragment) {
        return JpegHeader.recognises(fragment) || Jpeg2000Decoder.recognises(fragment);
    }

    private Bytes joined(int from, int to) {
        if (to - from == 1) {
            return fragments.get(from);
        }
        int size = 0;
        for (Bytes part : fragments.subList(from, to)) {
            size += part.length();
        }
        byte[] all = new byte[size];
        int filled = 0;
        for (Bytes part : fragments.subList(from, to)) {
            part.copyTo(0, all, filled, part.length());
            filled += part.length();
        }
        return Bytes.of(all);
    }
}
