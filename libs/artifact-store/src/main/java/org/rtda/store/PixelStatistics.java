package org.rtda.store;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Mean and standard deviation of the pixels of a split, channel by channel, in [0,1]: over all pixels, from exact sums.
 */
final class PixelStatistics {
    private static final double LARGEST = 255;

    private final long[] sums;
    private final long[] squares;
    private long pixelsPerChannel;

    private PixelStatistics(int channels) {
        this.sums = new long[channels];
        this.squares = new long[channels];
    }

    static PixelStatistics of(SplitImages split) {
        PixelStatistics statistics = new PixelStatistics(split.channels());
        try (SplitImages.Reader images = split.images()) {
            for (int i = 0; i < split.count(); i++) {
                statistics.add(images.next());
            }
        }
        return statistics;
    }

    /** @param image C x H x W */
    private void add(byte[] image) {
        int area = image.length / sums.length;
        for (int c = 0; c < sums.length; c++) {
            for (int i = c * area; i < (c + 1) * area; i++) {
                int value = image[i] & 0xff;
                sums[c] += value;
                squares[c] += value * value;
            }
        }
        pixelsPerChannel += area;
    }

    List<Double> means() {
        return IntStream.range(0, sums.length)
                .mapToObj(c -> mean(sums[c]) / LARGEST)
                .toList();
    }

    /** At least one grey level, so that images that are all alike can be divided by it, too. */
    List<Double> deviations() {
        return IntStream.range(0, sums.length)
                .mapToObj(c -> {
                    double mean = mean(sums[c]);
                    double variance = mean(squares[c]) - mean * mean;
                    return Math.sqrt(Math.max(1, variance)) / LARGEST;
                })
                .toList();
    }

    private double mean(long sum) {
        return (double) sum / pixelsPerChannel;
    }
}
