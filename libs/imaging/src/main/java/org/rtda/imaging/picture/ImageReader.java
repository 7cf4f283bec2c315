package org.rtda.imaging.picture;

import java.util.List;
import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.codec.Bytes;
import org.rtda.imaging.file.ImageFiles;

/** Reads one format, or several of one kind. A new format is one class and one entry in {@link ImageFiles}. */
public interface ImageReader {

    /** What people call that which it reads, at least one name. */
    List<String> formats();

    /** Whether the content says by its first bytes that it is of this format. */
    boolean recognises(Bytes content);

    /**
     * @param content most significant byte first
     * @throws UnreadableImageException when it cannot be read
     */
    DecodedImage read(Bytes content, ReadOptions options);
}
