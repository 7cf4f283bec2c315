package org.rtda.imaging.dicom;

import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;
import org.rtda.imaging.codec.Samples;

/** Pixels without compression (PS3.5 section 8.1 and annex A). */
final class NativePixels {
    private final PixelDescription description;
    private final Bytes bytes;
    private final boolean swapped;

    NativePixels(PixelDescription description, Value pixels) {
        this.description = description;
        this.bytes = pixels.bytes();
        // words of 16 bits, most significant byte first, of which each holds two samples of 8 bits: the second byte
        // comes first
        this.swapped =
                description.bitsAllocated() == 8 && pixels.representation().equals("OW") && !bytes.isLittleEndian();
    }

    /** The samples of a frame as allocated. */
    char[] frame(int index) {
        boolean subsampled = description.photometric() == Photometric.YBR_FULL_422;
        long pixels = description.pixels();
        if (subsampled && (description.columns() % 2 != 0 || description.bitsAllocated() != 8)) {
            throw UnreadableImageException.damaged("YBR_FULL_422 needs 8 bits and an even number of columns");
        }
        long samples = subsampled ? pixels * 2 : pixels * description.samplesPerPixel();
        long size = samples * (description.bitsAllocated() / 8);
        // the last frame may end in half a word
        if (bytes.length() < size * description.frames()) {
            throw UnreadableImageException.damaged(
                    "its pixels need " + size * description.frames() + " bytes, it has " + bytes.length());
        }
        Bytes frame = bytes.part(size * index, size);
        char[] raw = new char[Samples.count(samples, 1, 1)];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (char)
                    (description.bitsAllocated() == 16 ? frame.u16(2L * i) : sampleOf8Bits(frame, size * index, i));
        }
        return subsampled ? spread(raw) : description.planar() ? interleaved(raw) : raw;
    }

    private int sampleOf8Bits(Bytes frame, long start, int i) {
        return swapped ? bytes.u8(start + i ^ 1) : frame.u8(i);
    }

    /** Two luminances share the chrominances after them. */
    private char[] spread(char[] raw) {
        char[] samples = new char[Samples.count(raw.length / 2, 1, 3)];
        for (int pair = 0; pair < raw.length / 4; pair++) {
            for (int i = 0; i < 2; i++) {
                int at = (pair * 2 + i) * 3;
                samples[at] = raw[pair * 4 + i];
                samples[at + 1] = raw[pair * 4 + 2];
                samples[at + 2] = raw[pair * 4 + 3];
            }
        }
        return samples;
    }

    private char[] interleaved(char[] planes) {
        int channels = description.samplesPerPixel();
        int pixels = planes.length / channels;
        char[] samples = new char[planes.length];
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < pixels; i++) {
                samples[i * channels + channel] = planes[channel * pixels + i];
            }
        }
        return samples;
    }
}
