package org.rtda.imaging.codec;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** The JDK's rasters to samples. */
final class Rasters {
    private Rasters() {}

    /** H x W x bands, each cut to its lowest bits. */
    static char[] samples(Raster raster, int bits) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        int mask = (1 << bits) - 1;
        char[] samples = new char[Samples.count(width, height, bands)];
        if (bands == 1
                && bits == 8
                && raster.getDataBuffer() instanceof DataBufferByte bytes
                && bytes.getData().length == samples.length) {
            Samples.unpack(bytes.getData(), 0, 8, samples, 0, samples.length);
            return samples;
        }
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            int at = y * row.length;
            for (int i = 0; i < row.length; i++) {
                samples[at + i] = (char) (row[i] & mask);
            }
        }
        return samples;
    }
}
