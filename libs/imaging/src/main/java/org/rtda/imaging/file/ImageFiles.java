package org.rtda.imaging.file;

import java.util.List;
import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.UnreadableImageException;
import org.rtda.imaging.codec.Bytes;
import org.rtda.imaging.picture.BmpReader;
import org.rtda.imaging.picture.ImageReader;
import org.rtda.imaging.picture.JpegReader;
import org.rtda.imaging.picture.NetpbmReader;
import org.rtda.imaging.picture.PngReader;
import org.rtda.imaging.picture.TiffReader;

/**
 * Reads image files: PNG, JPEG, BMP, TIFF, PGM, PPM and DICOM, recognised by their content, never by their name. Safe for many
 * threads.
 */
public final class ImageFiles {
    /** DICOM first: its preamble may be the beginning of a TIFF file, for programs that know only that. */
    private static final List<ImageReader> READERS = List.of(
            new DicomFileReader(),
            new PngReader(),
            new JpegReader(),
            new BmpReader(),
            new TiffReader(),
            new NetpbmReader());

    private ImageFiles() {}

    /**
     * The image of a file and what may be known about it.
     *
     * @param content the whole file; it is not changed
     * @throws UnreadableImageException when it is not an image, of a kind that is not read, damaged, or beyond the limits; this
     *     is the only exception that a file can cause
     */
    public static DecodedImage read(byte[] content, ReadOptions options) {
        if (content.length > options.limits().bytes()) {
            throw new UnreadableImageException("The file has " + content.length + " bytes; at most "
                    + options.limits().bytes() + " are read. Scale the image down.");
        }
        Bytes bytes = Bytes.of(content);
        for (ImageReader reader : READERS) {
            if (reader.recognises(bytes)) {
                return reader.read(bytes, options);
            }
        }
        throw UnreadableImageException.unsupported(
                "Files that are not PNG, JPEG, BMP, TIFF, PGM, PPM or DICOM",
                "Save the image in one of these formats.");
    }
}
