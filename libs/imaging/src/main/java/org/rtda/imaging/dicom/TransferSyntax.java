package org.rtda.imaging.dicom;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.rtda.imaging.UnreadableImageException;

/** How a data set and its pixels are encoded (PS3.5 section 10, PS3.6 table A-1), with the name that refusals give. */
enum TransferSyntax {
    IMPLICIT_LITTLE_ENDIAN("1.2.840.10008.1.2", "Implicit VR Little Endian", Pixels.NATIVE),
    EXPLICIT_LITTLE_ENDIAN("1.2.840.10008.1.2.1", "Explicit VR Little Endian", Pixels.NATIVE),
    DEFLATED("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", Pixels.NATIVE),
    EXPLICIT_BIG_ENDIAN("1.2.840.10008.1.2.2", "Explicit VR Big Endian", Pixels.NATIVE),
    RLE("1.2.840.10008.1.2.5", "RLE Lossless", Pixels.RLE),
    JPEG_BASELINE("1.2.840.10008.1.2.4.50", "JPEG Baseline", Pixels.JPEG),
    JPEG_EXTENDED("1.2.840.10008.1.2.4.51", "JPEG Extended", Pixels.JPEG),
    JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", "JPEG Lossless", Pixels.JPEG),
    JPEG_LOSSLESS_SV1("1.2.840.10008.1.2.4.70", "JPEG Lossless", Pixels.JPEG),
    JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless", Pixels.JPEG_2000),
    JPEG_2000("1.2.840.10008.1.2.4.91", "JPEG 2000", Pixels.JPEG_2000),

    ENCAPSULATED_UNCOMPRESSED("1.2.840.10008.1.2.1.98", "Encapsulated Uncompressed Explicit VR Little Endian"),
    JPEG_LS_LOSSLESS("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless"),
    JPEG_LS("1.2.840.10008.1.2.4.81", "JPEG-LS Near-Lossless"),
    JPEG_2000_PART_2_LOSSLESS("1.2.840.10008.1.2.4.92", "JPEG 2000 Part 2 Multi-component Lossless"),
    JPEG_2000_PART_2("1.2.840.10008.1.2.4.93", "JPEG 2000 Part 2 Multi-component"),
    JPIP("1.2.840.10008.1.2.4.94", "JPIP Referenced"),
    JPIP_DEFLATE("1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate"),
    MPEG2_MAIN("1.2.840.10008.1.2.4.100", "MPEG2 Main Profile / Main Level"),
    MPEG2_HIGH("1.2.840.10008.1.2.4.101", "MPEG2 Main Profile / High Level"),
    MPEG4_HIGH("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 High Profile"),
    MPEG4_BD("1.2.840.10008.1.2.4.103", "MPEG-4 AVC/H.264 BD-compatible High Profile"),
    MPEG4_2D("1.2.840.10008.1.2.4.104", "MPEG-4 AVC/H.264 High Profile For 2D Video"),
    MPEG4_3D("1.2.840.10008.1.2.4.105", "MPEG-4 AVC/H.264 High Profile For 3D Video"),
    MPEG4_STEREO("1.2.840.10008.1.2.4.106", "MPEG-4 AVC/H.264 Stereo High Profile"),
    HEVC_MAIN("1.2.840.10008.1.2.4.107", "HEVC/H.265 Main Profile"),
    HEVC_MAIN_10("1.2.840.10008.1.2.4.108", "HEVC/H.265 Main 10 Profile"),
    JPEG_XL_LOSSLESS("1.2.840.10008.1.2.4.110", "JPEG XL Lossless"),
    JPEG_XL_RECOMPRESSION("1.2.840.10008.1.2.4.111", "JPEG XL JPEG Recompression"),
    JPEG_XL("1.2.840.10008.1.2.4.112", "JPEG XL"),
    HTJ2K_LOSSLESS("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless"),
    HTJ2K_LOSSLESS_RPCL("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 with RPCL Options Lossless"),
    HTJ2K("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000"),
    DEFLATED_IMAGE_FRAME("1.2.840.10008.1.2.8.1", "Deflated Image Frame Compression"),
    GE_PRIVATE("1.2.840.113619.5.2", "GE Private Implicit VR Big Endian");

    /** What decodes the pixels. */
    enum Pixels {
        NATIVE,
        RLE,
        JPEG,
        JPEG_2000,
        REFUSED
    }

    private static final String INSTEAD =
            "Convert the file to Explicit VR Little Endian, RLE, JPEG Lossless or JPEG 2000.";
    private static final Pattern RETIRED_JPEG = Pattern.compile("1\\.2\\.840\\.10008\\.1\\.2\\.4\\.(5[2-689]|6[0-6])");
    private static final Map<String, TransferSyntax> BY_UID = new HashMap<>();

    static {
        for (TransferSyntax syntax : values()) {
            BY_UID.put(syntax.uid, syntax);
        }
    }

    private final String uid;
    private final String title;
    private final Pixels pixels;

    TransferSyntax(String uid, String title) {
        this(uid, title, Pixels.REFUSED);
    }

    TransferSyntax(String uid, String title, Pixels pixels) {
        this.uid = uid;
        this.title = title;
        this.pixels = pixels;
    }

    /**
     * @throws UnreadableImageException when the syntax is not read; its identifier is not repeated, since nobody knows what a
     *     damaged file holds there
     */
    static TransferSyntax of(String uid) {
        TransferSyntax syntax = BY_UID.get(uid);
        if (RETIRED_JPEG.matcher(uid).matches()) {
            throw UnreadableImageException.unsupported("DICOM files in a retired JPEG transfer syntax", INSTEAD);
        }
        if (syntax == null) {
            throw UnreadableImageException.unsupported("DICOM files in an unknown transfer syntax", INSTEAD);
        }
        if (syntax.pixels == Pixels.REFUSED) {
            throw UnreadableImageException.unsupported("DICOM files in the transfer syntax " + syntax.title, INSTEAD);
        }
        return syntax;
    }

    /** The standard's name, shortened. */
    String title() {
        return title;
    }

    Pixels pixels() {
        return pixels;
    }

    boolean isNative() {
        return pixels == Pixels.NATIVE;
    }
}
