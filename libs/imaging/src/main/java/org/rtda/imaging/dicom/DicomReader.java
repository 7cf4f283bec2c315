package org.rtda.imaging.dicom;

import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;

/** DICOM files: one frame, shown as the file or the options say, and {@link DicomFacts}. */
public final class DicomReader {
    private DicomReader() {}

    /** Whether the content is DICOM, with or without preamble and meta information. */
    public static boolean recognises(Bytes content) {
        return Part10.recognises(content);
    }

    /**
     * @throws UnreadableImageException when the file is damaged, holds no image, several frames of which none was chosen, or
     *     pixels that are not read; the message repeats no text of the file
     */
    public static DecodedImage read(Bytes content, ReadOptions options) {
        Part10 file = Part10.of(content, options.limits());
        DataSet dataSet = file.dataSet();
        PixelDescription description = PixelDescription.of(dataSet, options.limits());
        int frame = options.indexOfFrame(description.frames(), "frame");
        StoredPixels pixels = new FrameDecoder(file.syntax(), dataSet, description, options.limits()).decode(frame);
        return new DecodedImage(
                image(file.syntax(), description, new FrameAttributes(dataSet, frame), pixels, options),
                DicomFacts.of(file.syntax(), dataSet, options.patientKey()));
    }

    private static SampledImage image(
            TransferSyntax syntax,
            PixelDescription description,
            FrameAttributes attributes,
            StoredPixels pixels,
            ReadOptions options) {
        return switch (description.photometric()) {
            case MONOCHROME1, MONOCHROME2 ->
                new GreyScale(description, attributes, pixels, options.windowing())
                        .image(description.columns(), description.rows());
            case PALETTE_COLOR -> Colours.palette(description, pixels, attributes.dataSet());
            case RGB -> new Colours(description, pixels).image(false);
            case YBR_FULL, YBR_FULL_422 -> new Colours(description, pixels).image(true);
            case YBR_RCT, YBR_ICT -> {
                if (syntax.pixels() != TransferSyntax.Pixels.JPEG_2000) {
                    throw UnreadableImageException.damaged(
                            "its photometric interpretation is one of JPEG 2000, its transfer syntax is not");
                }
                yield new Colours(description, pixels).image(false);
            }
        };
    }
}
