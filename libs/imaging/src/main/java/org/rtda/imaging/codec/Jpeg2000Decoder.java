package org.rtda.imaging.codec;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import jj2000.j2k.util.FacilityManager;
import jj2000.j2k.util.MsgLogger;
import org.rtda.imaging.ReadLimits;
import org.rtda.imaging.UnreadableImageException;

/** JPEG 2000 to samples, with JJ2000 as jai-imageio has it. The stream's own colour transform is undone. */
public final class Jpeg2000Decoder {
    /** Each reader registers itself as the logger of all threads, and would be kept with its image until the next one comes. */
    private static final MsgLogger SILENCE = new MsgLogger() {
        @Override
        public void printmsg(int severity, String message) {}

        @Override
        public void println(String text, int firstIndent, int otherIndent) {}

        @Override
        public void flush() {}
    };

    private Jpeg2000Decoder() {}

    /** Whether this is a JPEG 2000 file or codestream. */
    public static boolean recognises(Bytes content) {
        return Jpeg2000Header.isCodestream(content) || Jpeg2000Header.isJp2(content);
    }

    /**
     * @param stream a codestream, or a JP2 file with one
     * @throws UnreadableImageException when the stream is damaged, beyond the limits, or of a kind that is not read
     */
    public static CodedImage decode(Bytes stream, ReadLimits limits) {
        Jpeg2000Header header = Jpeg2000Header.of(stream);
        limits.check(header.width(), header.height());
        if (header.bits() > 16 || header.components() != 1 && header.components() != 3) {
            throw UnreadableImageException.unsupported(
                    "JPEG 2000 images of " + header.components() + " components and " + header.bits() + " bits",
                    "Save the image with 1 or 3 components of at most 16 bits.");
        }
        ImageReader reader = reader();
        try (ImageInputStream input = new StrictInput(header.corrected())) {
            reader.setInput(input, true, true);
            Raster raster = reader.readRaster(0, null);
            return coded(header, raster);
        } catch (UnreadableImageException e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            throw refusal(e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader() {
        try {
            ImageReader reader = new J2KImageReaderSpi().createReaderInstance(null);
            FacilityManager.registerMsgLogger(null, SILENCE);
            return reader;
        } catch (IOException e) {
            throw new IllegalStateException("the decoder of JPEG 2000 cannot be made", e);
        }
    }

    /** JJ2000 throws bare errors on damaged streams; those of the virtual machine are not the file's. */
    private static UnreadableImageException refusal(Throwable fault) {
        if (fault instanceof VirtualMachineError error) {
            throw error;
        }
        return UnreadableImageException.damaged("its JPEG 2000 data cannot be decoded");
    }

    private static CodedImage coded(Jpeg2000Header header, Raster raster) {
        if (raster.getWidth() != header.width()
                || raster.getHeight() != header.height()
                || raster.getNumBands() != header.components()) {
            throw UnreadableImageException.damaged("its JPEG 2000 data do not agree with their header");
        }
        return new CodedImage(
                header.width(),
                header.height(),
                header.components(),
                header.bits(),
                header.signed(),
                Rasters.samples(raster, header.bits()));
    }
}
