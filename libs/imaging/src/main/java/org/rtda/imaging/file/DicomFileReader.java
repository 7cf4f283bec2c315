package org.rtda.imaging.file;

import java.util.List;
import org.rtda.imaging.DecodedImage;
import org.rtda.imaging.ReadOptions;
import org.rtda.imaging.codec.Bytes;
import org.rtda.imaging.dicom.DicomReader;
import org.rtda.imaging.picture.ImageReader;

/** DICOM among the other formats. */
final class DicomFileReader implements ImageReader {
    @Override
    public List<String> formats() {
        return List.of("DICOM");
    }

    @Override
    public boolean recognises(Bytes content) {
        return DicomReader.recognises(content);
    }

    @Override
    public DecodedImage read(Bytes content, ReadOptions options) {
        return DicomReader.read(content, options);
    }
}
