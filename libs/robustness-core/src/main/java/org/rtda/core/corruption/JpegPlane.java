package org.rtda.core.corruption;

/**
 * One component of a JPEG image.
 *
 * @param samples 0 to 255, row by row
 */
record JpegPlane(int height, int width, int[] samples) {

    /** What is left after coding in 8 x 8 blocks; the last row and column are repeated to fill the outermost ones. */
    JpegPlane roundTrip(int[] steps) {
        int[] decoded = new int[samples.length];
        int[] block = new int[64];
        for (int top = 0; top < height; top += 8) {
            for (int left = 0; left < width; left += 8) {
                for (int i = 0; i < 64; i++) {
                    int row = Math.min(top + i / 8, height - 1);
                    block[i] = samples[row * width + Math.min(left + i % 8, width - 1)];
                }
                JpegBlock.roundTrip(block, steps);
                for (int i = 0; i < 64; i++) {
                    int row = top + i / 8;
                    int column = left + i % 8;
                    if (row < height && column < width) {
                        decoded[row * width + column] = block[i];
                    }
                }
            }
        }
        return new JpegPlane(height, width, decoded);
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
