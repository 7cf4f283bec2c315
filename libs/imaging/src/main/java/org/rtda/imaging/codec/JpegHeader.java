package org.rtda.imaging.codec;

import org.rtda.imaging.UnreadableImageException;

/**
 * The structure of a JPEG stream (ITU-T T.81), found by walking through all of its markers: a stream without an end is refused
 * here, since decoders fill what is missing with grey.
 *
 * @param process the start-of-frame marker's number, 0 to 15: 0 baseline, 1 extended, 2 progressive, 3 lossless
 * @param bits of a sample
 * @param components samples of a pixel
 * @param marked which colours three components are by marks in the stream itself
 * @param exif the EXIF block, a TIFF structure; null where there is none
 */
public record JpegHeader(int process, int bits, int width, int height, int components, Marked marked, Bytes exif) {
    /** What a stream says of its own colours, where it does. */
    public enum Marked {
        NOTHING,
        RGB,
        LUMINANCE
    }

    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final String JFIF = "JFIF\0";
    private static final String ADOBE = "Adobe";
    private static final String EXIF = "Exif\0\0";

    /** Progressive files have about ten; thousands would cost hours. */
    private static final int MOST_SCANS = 100;

    public static boolean recognises(Bytes content) {
        return content.startsWith(0, "\u00ff\u00d8\u00ff");
    }

    /**
     * @throws UnreadableImageException when the stream is not JPEG, has no end, or no header
     */
    public static JpegHeader of(Bytes content) {
        Bytes stream = content.bigEndian();
        if (!recognises(stream)) {
            throw UnreadableImageException.damaged("JPEG data do not begin as JPEG does");
        }
        JpegHeader header = null;
        Bytes exif = null;
        Marked marked = Marked.NOTHING;
        int scans = 0;
        long at = 2;
        while (true) {
            int marker = marker(stream, at);
            at += 2;
            if (marker == 0xff) {
                at--; // a fill byte
            } else if (marker == END_OF_IMAGE) {
                break;
            } else if (!standsAlone(marker)) {
                Bytes segment = segment(stream, at);
                at += 2 + segment.length();
                if (isFrame(marker)) {
                    if (header != null) {
                        throw UnreadableImageException.damaged("its JPEG data have two headers");
                    }
                    header = frame(marker, segment);
                } else if (marker == 0xe1 && segment.startsWith(0, EXIF) && exif == null) {
                    exif = segment.after(EXIF.length());
                } else if (marker == 0xe0 && segment.startsWith(0, JFIF) && marked == Marked.NOTHING) {
                    marked = Marked.LUMINANCE;
                } else if (marker == 0xee && segment.startsWith(0, ADOBE) && segment.length() >= 12) {
                    marked = segment.u8(11) == 0 ? Marked.RGB : Marked.LUMINANCE;
                } else if (marker == START_OF_SCAN) {
                    if (header == null || ++scans > MOST_SCANS) {
                        throw UnreadableImageException.damaged(
                                "its JPEG data have no header before their pixels, or more than " + MOST_SCANS
                                        + " scans");
                    }
                    at = endOfScan(stream, at);
                }
            }
        }
        if (scans == 0) {
            throw UnreadableImageException.damaged("its JPEG data hold no pixels");
        }
        if (header.marked != Marked.NOTHING) {
            marked = header.marked;
        }
        return new JpegHeader(
                header.process, header.bits, header.width, header.height, header.components, marked, exif);
    }

    /** Whether the process is lossless with Huffman coding: the only ones that DICOM's lossless syntaxes allow. */
    public boolean isLossless() {
        return process == 3;
    }

    private static int marker(Bytes stream, long at) {
        if (at > stream.length() - 2L) {
            throw UnreadableImageException.damaged("its JPEG data are cut off: their end is missing");
        }
        if (stream.u8(at) != 0xff) {
            throw UnreadableImageException.damaged("its JPEG data have no marker at position " + at);
        }
        return stream.u8(at + 1);
    }

    private static Bytes segment(Bytes stream, long at) {
        int length = stream.u16(at);
        if (length < 2) {
            throw UnreadableImageException.damaged("a JPEG segment has length " + length + ", at least 2 are possible");
        }
        return stream.part(at + 2, length - 2L);
    }

    private static boolean standsAlone(int marker) {
        return marker >= 0xd0 && marker <= 0xd8 || marker == 0x01;
    }

    /** SOF0 to SOF15, but not DHT, JPG and DAC, which lie between them. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static JpegHeader frame(int marker, Bytes segment) {
        int components = segment.u8(5);
        if (segment.length() != 6 + 3 * components) {
            throw UnreadableImageException.damaged("a JPEG header does not fit its " + components + " components");
        }
        return new JpegHeader(
                marker - 0xc0,
                segment.u8(0),
                segment.u16(3),
                segment.u16(1),
                components,
                markedByComponents(segment, components),
                null);
    }

    /** Components that are named R, G and B are these; of halved resolution only chrominance can be. */
    private static Marked markedByComponents(Bytes frame, int components) {
        if (components != 3) {
            return Marked.NOTHING;
        }
        if (frame.u8(6) == 'R' && frame.u8(9) == 'G' && frame.u8(12) == 'B') {
            return Marked.RGB;
        }
        boolean subsampled = frame.u8(7) != frame.u8(10) || frame.u8(7) != frame.u8(13);
        return subsampled ? Marked.LUMINANCE : Marked.NOTHING;
    }

    /** The position of the marker that follows the coded pixels. */
    private static long endOfScan(Bytes stream, long from) {
        for (long at = from; at < stream.length() - 1L; at++) {
            if (stream.u8(at) == 0xff) {
                int next = stream.u8(at + 1);
                boolean coded = next == 0 || next >= 0xd0 && next <= 0xd7 || next == 0xff;
                if (!coded) {
                    return at;
                }
            }
        }
        throw UnreadableImageException.damaged("its JPEG data are cut off: their end is missing");
    }
}
