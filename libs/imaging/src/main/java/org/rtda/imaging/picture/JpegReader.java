package org.rtda.imaging.picture;

import java.util.List;
import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ImageFacts;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.SampledImage;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;
import org.rtda.imaging.codec.CodedImage;
import org.rtda.imaging.codec.JpegDecoder;
import org.rtda.imaging.codec.JpegHeader;

/** JPEG pictures: grey and colour, upright as EXIF says. CMYK is refused, and so is 12 bits. */
public final class JpegReader implements ImageReader {
    private static final String FORMAT = "JPEG";

    @Override
    public List<String> formats() {
        return List.of(FORMAT);
    }

    @Override
    public boolean recognises(Bytes content) {
        return JpegHeader.recognises(content);
    }

    @Override
    public DecodedImage read(Bytes content, ReadOptions options) {
        options.indexOfFrame(1, "image");
        JpegHeader header = JpegHeader.of(content);
        if (header.isLossless() && header.components() != 1) {
            throw UnreadableImageException.unsupported(
                    "Lossless JPEG pictures in colour",
                    "Nothing in them says which colours they hold; save them as PNG.");
        }
        CodedImage coded = JpegDecoder.decode(content, JpegDecoder.Colours.RGB, options.limits());
        SampledImage stored =
                new SampledImage(coded.width(), coded.height(), coded.components(), coded.bits(), coded.samples());
        int orientation = header.exif() == null ? 1 : Exif.orientation(header.exif());
        return new DecodedImage(Orientation.upright(stored, orientation), ImageFacts.of(FORMAT));
    }
}
