package org.rtda.imaging.duplicate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds images with the same pixels, and images that look the same: their perceptual hashes differ in at most
 * {@value #MOST_BITS} of 64 bits, and their pixels correlate by at least {@value #LEAST_CORRELATION}. The hash alone would take
 * two chest X-rays of two people for one.
 *
 * <p>Every image is compared with the images before it that are no duplicates themselves, so of {@code k} alike {@code k - 1} are
 * found, each with the first. Candidates come from an index over parts of the hash: two hashes that differ in at most five bits
 * agree in at least one of six parts. Of each image at most {@value #MOST_COMPARED} candidates are compared pixel by pixel, those
 * with the nearest hashes first.
 *
 * <p>Images of one grey level are exact duplicates of each other and look like nothing.
 */
public final class DuplicateFinder {
    /** By which two hashes may differ. */
    static final int MOST_BITS = 5;

    /** Pearson's, of all values of two images. */
    static final double LEAST_CORRELATION = 0.995;

    static final int MOST_COMPARED = 64;

    private static final int[] PART_BITS = {11, 11, 11, 11, 10, 10};

    private final int height;
    private final int width;
    private final PixelSource source;

    /** @param source images of one shape; each is read once and, where it may be a duplicate, again */
    public DuplicateFinder(int height, int width, PixelSource source) {
        this.height = height;
        this.width = width;
        this.source = source;
    }

    /**
     * What was found, by the places of the images.
     *
     * @param constant those of one grey level, which are no duplicates
     */
    public record Found(List<Duplicate> duplicates, List<Integer> constant) {}

    /** Among the images with the places 0 to {@code count - 1}. */
    public Found find(int count) {
        Map<String, Integer> byPixels = new HashMap<>();
        Index index = new Index(count);
        List<Duplicate> duplicates = new ArrayList<>();
        List<Integer> constant = new ArrayList<>();
        for (int image = 0; image < count; image++) {
            byte[] pixels = source.pixels(image);
            // all blank images are alike: that says nothing of whose they are, nor of their labels
            if (isConstant(pixels)) {
                constant.add(image);
                continue;
            }
            Integer same = byPixels.putIfAbsent(fingerprint(pixels), image);
            if (same != null) {
                duplicates.add(new Duplicate(image, same, Duplicate.Kind.EXACT));
                continue;
            }
            long hash = PerceptualHash.of(pixels, height, width);
            int alike = firstAlike(pixels, index.candidates(hash));
            if (alike >= 0) {
                duplicates.add(new Duplicate(image, alike, Duplicate.Kind.NEAR));
            } else {
                index.add(image, hash);
            }
        }
        return new Found(List.copyOf(duplicates), List.copyOf(constant));
    }

    private int firstAlike(byte[] pixels, int[] candidates) {
        for (int candidate : candidates) {
            if (correlation(pixels, source.pixels(candidate)) >= LEAST_CORRELATION) {
                return candidate;
            }
        }
        return -1;
    }

    private static boolean isConstant(byte[] pixels) {
        for (byte value : pixels) {
            if (value != pixels[0]) {
                return false;
            }
        }
        return true;
    }

    /** The pixels' SHA-256: two images with the same one are the same. */
    private static String fingerprint(byte[] pixels) {
        try {
            return new String(
                    MessageDigest.getInstance("SHA-256").digest(pixels), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Pearson's correlation of two images that are not constant. */
    static double correlation(byte[] a, byte[] b) {
        long sumA = 0;
        long sumB = 0;
        long squaresA = 0;
        long squaresB = 0;
        long products = 0;
        for (int i = 0; i < a.length; i++) {
            int x = a[i] & 0xff;
            int y = b[i] & 0xff;
            sumA += x;
            sumB += y;
            squaresA += x * x;
            squaresB += y * y;
            products += x * y;
        }
        double n = a.length;
        double covariance = products - (double) sumA * sumB / n;
        double varianceA = squaresA - (double) sumA * sumA / n;
        double varianceB = squaresB - (double) sumB * sumB / n;
        return covariance / Math.sqrt(varianceA * varianceB);
    }

    /** Hashes of the images that are no duplicates, found by parts of them. */
    private static final class Index {
        private final long[] hashes;
        private final int[] images;
        private final List<Map<Integer, Places>> parts = new ArrayList<>();
        private final int[] seen;
        private int size;
        private int query;

        Index(int most) {
            hashes = new long[most];
            images = new int[most];
            seen = new int[most];
            for (int part = 0; part < PART_BITS.length; part++) {
                parts.add(new HashMap<>());
            }
        }

        void add(int image, long hash) {
            hashes[size] = hash;
            images[size] = image;
            long rest = hash;
            for (int part = 0; part < PART_BITS.length; part++) {
                parts.get(part)
                        .computeIfAbsent((int) (rest & ((1L << PART_BITS[part]) - 1)), key -> new Places())
                        .add(size);
                rest >>>= PART_BITS[part];
            }
            size++;
        }

        /** Images whose hashes differ little, the nearest first, of equally near ones the earlier. */
        int[] candidates(long hash) {
            query++;
            Places[] byDistance = new Places[MOST_BITS + 1];
            long rest = hash;
            for (int part = 0; part < PART_BITS.length; part++) {
                Places places = parts.get(part).get((int) (rest & ((1L << PART_BITS[part]) - 1)));
                rest >>>= PART_BITS[part];
                for (int k = 0; places != null && k < places.size; k++) {
                    int at = places.values[k];
                    int distance = Long.bitCount(hashes[at] ^ hash);
                    if (distance <= MOST_BITS && seen[at] != query) {
                        seen[at] = query;
                        if (byDistance[distance] == null) {
                            byDistance[distance] = new Places();
                        }
                        byDistance[distance].add(at);
                    }
                }
            }
            Places nearest = new Places();
            for (Places ofDistance : byDistance) {
                if (ofDistance != null) {
                    int[] sorted = java.util.Arrays.copyOf(ofDistance.values, ofDistance.size);
                    java.util.Arrays.sort(sorted);
                    for (int k = 0; k < sorted.length && nearest.size < MOST_COMPARED; k++) {
                        nearest.add(images[sorted[k]]);
                    }
                }
            }
            return java.util.Arrays.copyOf(nearest.values, nearest.size);
        }
    }

    private static final class Places {
        private int[] values = new int[4];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = java.util.Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }
    }
}
