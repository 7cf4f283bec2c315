package org.rtda.contracts.dataset;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rtda.contracts.check.Check;

/**
 * How the images of a data set were made from the files that somebody has. The same files and the same preparation give the same
 * bytes.
 *
 * @param software name and version of the program
 * @param source {@code folder}, {@code table}, {@code zip} or {@code npz}
 * @param pixels null where the images came as arrays of their size
 * @param splitting null where the splits came with arrays
 * @param findings what was found in the files
 */
public record Preparation(String software, String source, Pixels pixels, Splitting splitting, Findings findings) {

    /**
     * @param side of the square, in pixels
     * @param channels 1 (grey) or 3 (RGB)
     * @param fit {@code pad} or {@code crop}: how a picture became a square
     * @param resize name of the filter, for example {@code area}
     * @param window centre and width, for example {@code 40/400}, or {@code full} for the full range; null for what each file says
     * @param frame number of the image in files with several, from 1; null where every file had one
     * @param bitDepths images by the bits of a sample as they were read, before they were resized and rounded to 8: {@code {"8": 40}}. A
     *     DICOM image with a window has 16. Null where an earlier version did not count them
     */
    public record Pixels(
            int side,
            int channels,
            String fit,
            String resize,
            String window,
            Integer frame,
            Map<String, Integer> bitDepths) {

        /** Of files with one image each, whose depths nobody counted. */
        public Pixels(int side, int channels, String fit, String resize, String window) {
            this(side, channels, fit, resize, window, null, null);
        }

        /** @param number from 1; null for the only one */
        public Pixels withFrame(Integer number) {
            return new Pixels(side, channels, fit, resize, window, number, bitDepths);
        }

        public Pixels withBitDepths(Map<String, Integer> images) {
            return new Pixels(side, channels, fit, resize, window, frame, images);
        }

        /** {@code 40 images of 12 bits, 2 images of 16 bits}; to be asked where depths were counted. */
        public String depthsInWords() {
            return new TreeMap<>(bitDepths)
                    .entrySet().stream()
                            .map(depth -> depth.getValue() + " images of " + depth.getKey() + " bits")
                            .collect(Collectors.joining(", "));
        }

        public Pixels {
            bitDepths = bitDepths == null ? null : Check.copyOf("bitDepths", bitDepths);
            if (frame != null) {
                Check.inRange("frame", frame, 1, Integer.MAX_VALUE);
            }
            Check.inRange("side", side, 1, 1024);
            Check.inRange("channels", channels, 1, 3);
            Check.present("fit", fit);
            Check.present("resize", resize);
        }
    }

    /**
     * @param by {@code given}, or what is never parted: {@code patient} or {@code image}
     * @param shares percent of train, val and test; null where the splits were given
     * @param seed of the draw; null likewise
     * @param patients how many are known; 0 where nobody said whose the images are
     * @param sharedPatients how many have images in more than one split, which somebody allowed
     * @param sharedWithShifts by label of an external test set: how many of its patients have images in the other splits, too;
     *     null where none has
     */
    public record Splitting(
            String by,
            List<Integer> shares,
            Long seed,
            int patients,
            int sharedPatients,
            Map<String, Integer> sharedWithShifts) {

        /** No patient of an external test set has images in the other splits. */
        public Splitting(String by, List<Integer> shares, Long seed, int patients, int sharedPatients) {
            this(by, shares, seed, patients, sharedPatients, null);
        }

        /** @param shared empty for none */
        public Splitting withSharedWithShifts(Map<String, Integer> shared) {
            return new Splitting(by, shares, seed, patients, sharedPatients, shared.isEmpty() ? null : shared);
        }

        public Splitting {
            sharedWithShifts = sharedWithShifts == null ? null : Check.copyOf("sharedWithShifts", sharedWithShifts);
            Check.present("by", by);
            shares = shares == null ? null : Check.copyOf("shares", shares);
            Check.inRange("patients", patients, 0, Integer.MAX_VALUE);
            Check.inRange("sharedPatients", sharedPatients, 0, patients);
        }
    }

    /**
     * @param refusedFiles files that were left out since they cannot be used
     * @param exactDuplicates pairs of images with the same pixels, each image with the first that has them
     * @param nearDuplicates pairs of images that look the same, each image with the first that it resembles
     * @param acrossSplits of both kinds, pairs in two splits
     * @param conflicting of these, pairs with two labels, which somebody allowed
     * @param constantImages images of a single grey level
     */
    public record Findings(
            int refusedFiles,
            int exactDuplicates,
            int nearDuplicates,
            int acrossSplits,
            int conflicting,
            int constantImages) {
        public Findings {
            Check.inRange("refusedFiles", refusedFiles, 0, Integer.MAX_VALUE);
            Check.inRange("exactDuplicates", exactDuplicates, 0, Integer.MAX_VALUE);
            Check.inRange("nearDuplicates", nearDuplicates, 0, Integer.MAX_VALUE);
            Check.inRange("acrossSplits", acrossSplits, 0, Integer.MAX_VALUE);
            Check.inRange("conflicting", conflicting, 0, Integer.MAX_VALUE);
            Check.inRange("constantImages", constantImages, 0, Integer.MAX_VALUE);
        }
    }

    public Preparation {
        Check.present("software", software);
        Check.present("source", source);
        Check.present("findings", findings);
    }
}
