package org.rtda.imaging.file;

import java.util.List;
import java.util.stream.Stream;
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
    private static final List<ImageReader> PICTURES =
            List.of(new PngReader(), new JpegReader(), new BmpReader(), new TiffReader(), new NetpbmReader());

    private static final ImageReader DICOM = new DicomFileReader();

    /** DICOM first: its preamble may be the beginning of a TIFF file, for programs that know only that. */
    private static final List<ImageReader> READERS =
            Stream.concat(Stream.of(DICOM), PICTURES.stream()).toList();

    private ImageFiles() {}

    /** What is read, by the names that people use, in the order in which pages list them: pictures, then DICOM. */
    public static List<String> formats() {
        return Stream.concat(pictureFormats().stream(), DICOM.formats().stream())
                .toList();
    }

    /** The same without DICOM. */
    public static List<String> pictureFormats() {
        return PICTURES.stream().flatMap(reader -> reader.formats().stream()).toList();
    }

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
                "Files that are not " + String.join(", ", pictureFormats()) + " or "
                        + String.join(", ", DICOM.formats()),
                "Save the image in one of these formats.");
    }
}
