package org.rtda.imaging.dicom;

import org.rtda.imaging.ReadLimits;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;
import org.rtda.imaging.codec.CodedImage;
import org.rtda.imaging.codec.Jpeg2000Decoder;
import org.rtda.imaging.codec.JpegDecoder;
import org.rtda.imaging.codec.JpegHeader;
import org.rtda.imaging.codec.PackBits;
import org.rtda.imaging.codec.Samples;

/** The bytes of one frame to stored values, H x W x samples of a pixel. */
final class FrameDecoder {
    private static final int MOST_RLE_SEGMENTS = 15;

    private final TransferSyntax syntax;
    private final DataSet dataSet;
    private final PixelDescription description;
    private final ReadLimits limits;

    FrameDecoder(TransferSyntax syntax, DataSet dataSet, PixelDescription description, ReadLimits limits) {
        this.syntax = syntax;
        this.dataSet = dataSet;
        this.description = description;
        this.limits = limits;
    }

    StoredPixels decode(int frame) {
        if (syntax.isNative()) {
            Value pixels = dataSet.value(Attribute.PIXEL_DATA)
                    .orElseThrow(() -> UnreadableImageException.damaged(
                            "its pixels are empty, or compressed although its transfer syntax says that they are not"));
            return stored(new NativePixels(description, pixels).frame(frame));
        }
        if (dataSet.fragments() == null) {
            throw UnreadableImageException.damaged("its pixels are not compressed as its transfer syntax says");
        }
        Bytes offsets =
                dataSet.value(Attribute.EXTENDED_OFFSET_TABLE).map(Value::bytes).orElse(null);
        Bytes bytes = dataSet.fragments().frame(frame, description.frames(), offsets);
        return switch (syntax.pixels()) {
            case RLE -> stored(runLength(bytes));
            case JPEG -> jpeg(bytes);
            default -> coded(Jpeg2000Decoder.decode(bytes, limits));
        };
    }

    private StoredPixels stored(char[] raw) {
        return StoredPixels.of(
                raw,
                description.bitsStored(),
                description.highBit() + 1 - description.bitsStored(),
                description.signed());
    }

    /** RLE Lossless (PS3.5 annex G): a segment for each byte of each sample, the most significant first. */
    private char[] runLength(Bytes frame) {
        Bytes header = frame.littleEndian();
        int bytesOfSample = description.bitsAllocated() / 8;
        int wanted = description.samplesPerPixel() * bytesOfSample;
        long segments = header.u32(0);
        if (segments != wanted || segments > MOST_RLE_SEGMENTS) {
            throw UnreadableImageException.damaged(
                    "its run-length data have " + segments + " segments, " + wanted + " are needed");
        }
        char[] samples =
                new char[Samples.count(description.columns(), description.rows(), description.samplesPerPixel())];
        for (int segment = 0; segment < wanted; segment++) {
            long start = header.u32(4 + 4L * segment);
            long end = segment + 1 < wanted ? header.u32(8 + 4L * segment) : frame.length();
            byte[] plane = PackBits.unpack(frame.part(start, end - start), description.pixels());
            int sample = segment / bytesOfSample;
            for (int i = 0; i < plane.length; i++) {
                int at = i * description.samplesPerPixel() + sample;
                samples[at] = (char) (samples[at] << 8 | plane[i] & 0xff);
            }
        }
        return samples;
    }

    private StoredPixels jpeg(Bytes bytes) {
        JpegHeader header = JpegHeader.of(bytes);
        boolean says = description.photometric() == Photometric.RGB;
        JpegHeader.Marked contrary = says ? JpegHeader.Marked.LUMINANCE : JpegHeader.Marked.RGB;
        // which of the two is wrong cannot be told, and the colours would be
        if (header.components() == 3 && !header.isLossless() && header.marked() == contrary) {
            throw UnreadableImageException.damaged("its photometric interpretation is " + description.photometric()
                    + ", its JPEG data are marked as " + (says ? "luminance and chrominance" : "RGB"));
        }
        return coded(JpegDecoder.decode(bytes, JpegDecoder.Colours.AS_CODED, limits));
    }

    private StoredPixels coded(CodedImage image) {
        if (image.width() != description.columns()
                || image.height() != description.rows()
                || image.components() != description.samplesPerPixel()) {
            throw UnreadableImageException.damaged("it says " + description.columns() + " x " + description.rows()
                    + " pixels of " + description.samplesPerPixel() + " samples, its compressed pixels are "
                    + image.width() + " x " + image.height() + " of " + image.components());
        }
        return StoredPixels.ofCoded(image, description.bitsStored(), description.signed());
    }
}
