package org.rtda.imaging.codec;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.rtda.imaging.ReadLimits;
import org.rtda.imaging.UnreadableImageException;

/**
 * JPEG to samples: 8 bits with the JDK's decoder, lossless with TwelveMonkeys'. Both are asked for by their class, not by the
 * format's name, so that other plug-ins on the class path change nothing.
 */
public final class JpegDecoder {
    private static final String[] NAME_OF_PROCESS = {
        "baseline",
        "extended",
        "progressive",
        "lossless",
        "",
        "hierarchical",
        "hierarchical progressive",
        "hierarchical lossless",
        "",
        "extended arithmetic",
        "progressive arithmetic",
        "lossless arithmetic",
        "",
        "hierarchical arithmetic",
        "hierarchical progressive arithmetic",
        "hierarchical lossless arithmetic"
    };

    private JpegDecoder() {}

    /** Whether the samples are what the stream holds, or colours as the file's own marks say. */
    public enum Colours {
        /** The components as they are coded: DICOM says apart from the stream what they mean. */
        AS_CODED,
        /** Three components become red, green and blue. */
        RGB
    }

    /**
     * @throws UnreadableImageException when the process is not read, the stream is damaged or beyond the limits; the decoder's
     *     slightest complaint counts as damage
     */
    public static CodedImage decode(Bytes stream, Colours colours, ReadLimits limits) {
        JpegHeader header = JpegHeader.of(stream);
        refuseUnsupported(header);
        limits.check(header.width(), header.height());
        ImageReader reader = header.isLossless() ? lossless() : ofTheJdk();
        reader.addIIOReadWarningListener(new Refusal());
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(stream.toArray()))) {
            reader.setInput(input, true, true);
            Raster raster = colours == Colours.AS_CODED && reader.canReadRaster()
                    ? reader.readRaster(0, null)
                    : reader.read(0).getRaster();
            return coded(header, raster);
        } catch (UnreadableImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw UnreadableImageException.damaged("its JPEG data cannot be decoded");
        } finally {
            reader.dispose();
        }
    }

    private static void refuseUnsupported(JpegHeader header) {
        boolean eightBits = header.process() <= 2 && header.bits() == 8;
        boolean lossless = header.isLossless() && header.bits() >= 2 && header.bits() <= 16;
        if (!eightBits && !lossless) {
            throw UnreadableImageException.unsupported(
                    header.bits() + "-bit JPEG images of the process \"" + NAME_OF_PROCESS[header.process()] + "\"",
                    "Save the image without compression or as lossless JPEG.");
        }
        if (header.components() != 1 && header.components() != 3) {
            throw UnreadableImageException.unsupported(
                    "JPEG images of " + header.components() + " components (CMYK has 4)",
                    "Save the image as grey or RGB.");
        }
    }

    private static CodedImage coded(JpegHeader header, Raster raster) {
        if (raster.getWidth() != header.width()
                || raster.getHeight() != header.height()
                || raster.getNumBands() != header.components()) {
            throw UnreadableImageException.damaged("its JPEG data do not agree with their header");
        }
        return new CodedImage(
                header.width(),
                header.height(),
                header.components(),
                header.bits(),
                false,
                Rasters.samples(raster, header.bits()));
    }

    private static ImageReader lossless() {
        try {
            return Lossless.PROVIDER.createReaderInstance(null);
        } catch (IOException e) {
            throw new IllegalStateException("the decoder of lossless JPEG cannot be made", e);
        }
    }

    /** Finds the decoder that it is built upon among the JDK's; the registry stays as it is. */
    private static final class Lossless {
        private static final JPEGImageReaderSpi PROVIDER = new JPEGImageReaderSpi();

        static {
            PROVIDER.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
        }
    }

    private static ImageReader ofTheJdk() {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
            reader.dispose();
        }
        throw new IllegalStateException("this Java has no JPEG decoder: use one with the module java.desktop");
    }

    /** Decoders go on after damage and warn; a half grey image must not count as an image. */
    private static final class Refusal implements IIOReadWarningListener {
        @Override
        public void warningOccurred(ImageReader source, String warning) {
            throw UnreadableImageException.damaged("its JPEG data cannot be decoded without faults");
        }
    }
}
