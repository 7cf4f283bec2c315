package org.rtda.imaging.codec;

import java.util.ArrayList;
import java.util.List;
import org.rtda.imaging.UnreadableImageException;

/**
 * The structure of a JPEG 2000 codestream (ITU-T T.800 annex A), found by walking through its tile parts to its end: the decoder
 * fills what is missing with grey, and takes memory for whatever a header claims, so both are refused here.
 *
 * @param codestream the stream itself, without the boxes of a JP2 file around it
 * @param bits of a sample
 * @param signed whether samples may be negative
 * @param tiles how many there are
 * @param tileParts where each tile part begins
 */
record Jpeg2000Header(
        Bytes codestream,
        int width,
        int height,
        int components,
        int bits,
        boolean signed,
        int tiles,
        List<Integer> tileParts) {
    private static final String JP2_SIGNATURE = "\0\0\0\fjP  \r\n\u0087\n";
    private static final int SOC = 0xff4f;
    private static final int SIZ = 0xff51;
    private static final int COD = 0xff52;
    private static final int COC = 0xff53;
    private static final int PPM = 0xff60;
    private static final int PPT = 0xff61;
    private static final int SOT = 0xff90;
    private static final int SOD = 0xff93;
    private static final int EOC = 0xffd9;

    /** Beyond these a codestream costs far more than its pixels. */
    private static final long MOST_TILES = 1 << 14;

    private static final int MOST_TILE_PARTS = 1 << 16;
    private static final long MOST_PRECINCTS = 1 << 18;
    private static final long MOST_CODE_BLOCK_LAYERS = 1 << 26;

    static boolean isCodestream(Bytes content) {
        return content.startsWith(0, "\u00ff\u004f\u00ff\u0051");
    }

    static boolean isJp2(Bytes content) {
        return content.startsWith(0, JP2_SIGNATURE);
    }

    static Jpeg2000Header of(Bytes content) {
        Bytes stream = isJp2(content) ? codestreamOf(content.bigEndian()) : content.bigEndian();
        if (stream.u16(0) != SOC || stream.u16(2) != SIZ) {
            throw damaged("do not begin as JPEG 2000 does");
        }
        Bytes siz = segment(stream, 4);
        Jpeg2000Header header = size(stream, siz);
        header.walk(4 + 2 + siz.length());
        return header;
    }

    private static Bytes codestreamOf(Bytes file) {
        long at = 0;
        while (true) {
            long length = file.u32(at);
            boolean toTheEnd = length == 0;
            if (length == 1) {
                throw damaged("have a box that is longer than any file here");
            }
            if (!toTheEnd && length < 8) {
                throw damaged("have a box of " + length + " bytes");
            }
            Bytes box = toTheEnd ? file.after(at) : file.part(at, length);
            if (box.startsWith(4, "jp2c")) {
                return box.after(8);
            }
            if (toTheEnd) {
                throw damaged("have no codestream");
            }
            at += length;
        }
    }

    private static Jpeg2000Header size(Bytes stream, Bytes siz) {
        long width = siz.u32(2) - siz.u32(10);
        long height = siz.u32(6) - siz.u32(14);
        int components = siz.u16(34);
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE || components < 1) {
            throw damaged("declare " + width + " x " + height + " pixels of " + components + " components");
        }
        if (siz.u32(18) < 1 || siz.u32(22) < 1) {
            throw damaged("declare tiles without pixels");
        }
        // tiles count from an origin of their own, at or before the image's
        long tiles = blocks(siz.u32(2) - siz.u32(26), siz.u32(18)) * blocks(siz.u32(6) - siz.u32(30), siz.u32(22));
        if (tiles < 1 || tiles > MOST_TILES) {
            throw damaged("declare " + tiles + " tiles, at most " + MOST_TILES + " are read");
        }
        int depth = siz.u8(36);
        for (int i = 0; i < components; i++) {
            if (siz.u8(36 + 3L * i) != depth || siz.u8(37 + 3L * i) != 1 || siz.u8(38 + 3L * i) != 1) {
                throw UnreadableImageException.unsupported(
                        "JPEG 2000 images whose components differ in depth or size",
                        "Save the image without compression.");
            }
        }
        return new Jpeg2000Header(
                stream,
                (int) width,
                (int) height,
                components,
                (depth & 0x7f) + 1,
                (depth & 0x80) != 0,
                (int) tiles,
                new ArrayList<>());
    }

    /** Through the main header and every tile part to the end of the codestream. */
    private void walk(long from) {
        long at = headerSegments(from, SOT);
        while (codestream.u16(at) == SOT) {
            if (tileParts.size() == MOST_TILE_PARTS) {
                throw damaged("have more than " + MOST_TILE_PARTS + " tile parts");
            }
            tileParts.add((int) at);
            long length = codestream.u32(at + 6);
            long data = headerSegments(at + 12, SOD);
            long end = length == 0 ? endBeforeEoc() : at + length;
            if (end < data + 2) {
                throw damaged("have a tile part of " + length + " bytes");
            }
            checkStuffing(codestream.part(at, data - at), 0xfe);
            checkStuffing(codestream.part(data + 2, end - data - 2), 0x92);
            at = end;
        }
        if (codestream.u16(at) != EOC) {
            throw damaged("have no end where their tiles end");
        }
    }

    /**
     * A copy of the codestream in which each tile part says how many its tile really has. Some writers say one too few, and the
     * decoder would leave out the last, which is the finest detail.
     *
     * @throws UnreadableImageException when a tile is missing or a tile has fewer parts than it says
     */
    byte[] corrected() {
        int[] parts = new int[tiles];
        for (int at : tileParts) {
            int tile = codestream.u16(at + 4L);
            if (tile >= tiles) {
                throw damaged("have tile " + tile + " of " + tiles);
            }
            parts[tile]++;
        }
        byte[] copy = codestream.toArray();
        for (int at : tileParts) {
            int there = parts[codestream.u16(at + 4L)];
            if (codestream.u8(at + 11L) > there || there > 255) {
                throw damaged("lack a part of a tile");
            }
            copy[at + 11] = (byte) there;
        }
        for (int count : parts) {
            if (count == 0) {
                throw damaged("lack a tile");
            }
        }
        return copy;
    }

    /** Where the codestream's end is, which DICOM may pad with one zero byte. */
    private long endBeforeEoc() {
        for (long end = codestream.length() - 2L; end >= codestream.length() - 3L; end--) {
            if (codestream.u16(end) == EOC) {
                return end;
            }
        }
        throw damaged("are cut off: their end is missing");
    }

    /**
     * After a byte of ones a packet has one of at most 0x8f, except for its own markers 0xff91 and 0xff92 (annex A.1 and B.10.1).
     * From a pair of such bytes JJ2000 would read ones for ever, also where it reads on into the next tile part's header.
     *
     * @param most the greatest byte that may follow one of ones
     */
    private static void checkStuffing(Bytes data, int most) {
        int previous = 0;
        for (int i = 0; i < data.length(); i++) {
            int value = data.u8(i);
            if (previous == 0xff && value > most) {
                throw damaged("hold bytes that no packet may have");
            }
            previous = value;
        }
        if (previous == 0xff) {
            throw damaged("end a tile part in the middle of a packet");
        }
    }

    /** The position of the marker that ends a header. */
    private long headerSegments(long from, int last) {
        long at = from;
        while (codestream.u16(at) != last) {
            int marker = codestream.u16(at);
            if (marker < 0xff00 || marker == EOC) {
                throw damaged("have no marker where one must be");
            }
            Bytes segment = segment(codestream, at + 2);
            if (marker == PPM || marker == PPT) {
                // where such headers end early, JJ2000 reads ones for ever
                throw UnreadableImageException.unsupported(
                        "JPEG 2000 images with packed packet headers", "Save the image without compression.");
            }
            if (marker == COD) {
                checkCost(segment.u16(2), segment.after(5), (segment.u8(0) & 1) != 0);
            } else if (marker == COC) {
                int index = components < 257 ? 1 : 2;
                checkCost(1, segment.after(index + 1L), (segment.u8(index) & 1) != 0);
            }
            at += 4 + segment.length();
        }
        return at;
    }

    /**
     * @param style levels, code-block width and height, block style, transform and, where given, precincts
     */
    private void checkCost(int layers, Bytes style, boolean precinctsGiven) {
        int levels = style.u8(0);
        int blockWidth = style.u8(1) + 2;
        int blockHeight = style.u8(2) + 2;
        if (levels > 32 || blockWidth > 10 || blockHeight > 10 || blockWidth + blockHeight > 12) {
            throw damaged("have " + levels + " levels and code blocks of 2^" + blockWidth + " x 2^" + blockHeight);
        }
        long blocks = blocks(width, 1L << blockWidth) * blocks(height, 1L << blockHeight) * components;
        if (blocks * (layers + 8L) > MOST_CODE_BLOCK_LAYERS) {
            throw damaged("have " + layers + " layers of " + blocks + " code blocks, more than is read");
        }
        long precincts = 0;
        for (int level = 0; precinctsGiven && level <= levels; level++) {
            int sizes = style.u8(5L + level);
            int shift = levels - level;
            precincts += blocks(blocks(width, 1L << shift), 1L << (sizes & 15))
                    * blocks(blocks(height, 1L << shift), 1L << (sizes >> 4))
                    * components;
        }
        if (precincts > MOST_PRECINCTS) {
            throw damaged("have " + precincts + " precincts, at most " + MOST_PRECINCTS + " are read");
        }
    }

    private static long blocks(long size, long of) {
        return (size + of - 1) / of;
    }

    private static Bytes segment(Bytes stream, long at) {
        int length = stream.u16(at);
        if (length < 2) {
            throw damaged("have a segment of " + length + " bytes");
        }
        return stream.part(at + 2, length - 2L);
    }

    private static UnreadableImageException damaged(String what) {
        return UnreadableImageException.damaged("its JPEG 2000 data " + what);
    }
}
