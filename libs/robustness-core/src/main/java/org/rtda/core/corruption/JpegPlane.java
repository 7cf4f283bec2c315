package org.rtda.core.corruption;

import java.util.Arrays;

/**
 * One component of a JPEG image.
 *
 * @param samples 0 to 255, row by row
 */
record JpegPlane(int height, int width, int[] samples) {

    /** What is left after coding in 8 x 8 blocks; the last row and column are repeated to fill the outermost ones. */
    JpegPlane roundTrip(int[] steps) {
        int across = (width + 7) / 8;
        int down = (height + 7) / 8;
        JpegPlane whole = resized(8 * down, 8 * across);
        int[] decoded = new int[whole.samples.length];
        int bands = Math.min(down, Math.max(1, JpegBlocks.AT_ONCE / across));
        JpegBlocks blocks = new JpegBlocks(bands, across);
        for (int band = 0; band < down; band += bands) {
            // the last bands again where there are too few left: a band's result does not depend on its neighbours
            int at = Math.min(band, down - bands) * 64 * across;
            blocks.load(whole.samples, at);
            blocks.roundTrip(steps);
            blocks.store(decoded, at);
        }
        return new JpegPlane(whole.height, whole.width, decoded).resized(height, width);
    }

    /** Cut, or filled up with its last row and column. */
    private JpegPlane resized(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        int[] resized = new int[newHeight * newWidth];
        for (int row = 0; row < newHeight; row++) {
            int from = Math.min(row, height - 1) * width;
            int to = row * newWidth;
            System.arraycopy(samples, from, resized, to, Math.min(width, newWidth));
            if (newWidth > width) {
                Arrays.fill(resized, to + width, to + newWidth, samples[from + width - 1]);
            }
        }
        return new JpegPlane(newHeight, newWidth, resized);
    }

    /**
     * Half the rows and columns, for chroma: means of 2 x 2, rounded down and up by turns along a row. Columns are filled up to
     * whole blocks from the full-size image's last one, as libjpeg does, rows from the halved image's last one.
     */
    JpegPlane halved() {
        int halfHeight = (height + 1) / 2;
        int halfWidth = (width + 15) / 16 * 8;
        int[] half = new int[halfHeight * halfWidth];
        for (int row = 0; row < halfHeight; row++) {
            int upper = 2 * row * width;
            int lower = Math.min(2 * row + 1, height - 1) * width;
            for (int column = 0; column < halfWidth; column++) {
                int left = Math.min(2 * column, width - 1);
                int right = Math.min(2 * column + 1, width - 1);
                int sum =
                        samples[upper + left] + samples[upper + right] + samples[lower + left] + samples[lower + right];
                half[row * halfWidth + column] = (sum + 1 + column % 2) >> 2;
            }
        }
        return new JpegPlane(halfHeight, halfWidth, half);
    }

    /** Back to full size, libjpeg's "fancy" way: three parts of the nearer sample and one of the farther, on both axes. */
    JpegPlane doubled(int fullHeight, int fullWidth) {
        int usedWidth = (fullWidth + 1) / 2;
        int[] full = new int[fullHeight * fullWidth];
        int[] sums = new int[usedWidth];
        for (int row = 0; row < fullHeight; row++) {
            int near = row / 2;
            int far = Math.max(0, Math.min(near + (row % 2 == 0 ? -1 : 1), height - 1));
            for (int i = 0; i < usedWidth; i++) {
                sums[i] = 3 * samples[near * width + i] + samples[far * width + i];
            }
            for (int column = 0; column < fullWidth; column++) {
                int nearColumn = column / 2;
                int farColumn = Math.max(0, Math.min(nearColumn + (column % 2 == 0 ? -1 : 1), usedWidth - 1));
                int rounding = column % 2 == 0 ? 8 : 7;
                full[row * fullWidth + column] = (3 * sums[nearColumn] + sums[farColumn] + rounding) >> 4;
            }
        }
        return new JpegPlane(fullHeight, fullWidth, full);
    }
}
