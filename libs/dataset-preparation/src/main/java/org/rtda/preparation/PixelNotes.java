package org.rtda.preparation;

import java.util.ArrayList;
import java.util.List;
import org.rtda.imaging.set.PixelSpool;

/** What somebody should know of prepared pixels that are not what the files seem to show. */
final class PixelNotes {
    /** Of 255: twelve bits of grey in a file of 16 bits, whose greatest value becomes 16. */
    private static final int FEW_LEVELS = 16;

    private PixelNotes() {}

    /** One sentence for each thing to know; none where all is well. */
    static List<String> of(List<FileImage> images, PixelSpool spool, ImageSettings settings) {
        List<String> notes = new ArrayList<>();
        List<FileImage> faint = images.stream()
                .filter(image -> isFaint(spool.pixels(image.prepared().place())))
                .toList();
        if (!faint.isEmpty()) {
            notes.add("the brightest pixel is at most " + FEW_LEVELS + " of 255 levels above the darkest in "
                    + faint.size() + (faint.size() == 1 ? " image: " : " images, the first is ")
                    + faint.get(0).path() + ". Scale pictures of 16 bits to their full range; a DICOM image without a"
                    + " window needs " + settings.names().of("window"));
        }
        long pictures = images.stream()
                .filter(image -> !image.prepared().facts().format().startsWith("DICOM"))
                .count();
        if (settings.reading().window() != null && pictures > 0) {
            notes.add(settings.names().of("window") + " is for DICOM images: " + pictures
                    + " pictures were read as they are");
        }
        return notes;
    }

    /** One grey level is told elsewhere. */
    private static boolean isFaint(byte[] pixels) {
        int least = 255;
        int greatest = 0;
        for (byte pixel : pixels) {
            least = Math.min(least, pixel & 0xff);
            greatest = Math.max(greatest, pixel & 0xff);
        }
        return greatest > least && greatest - least <= FEW_LEVELS;
    }
}
