package org.rtda.contracts.settings;

import java.util.Collections;
import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.DatasetManifest;

/**
 * What the first layer of a network does to the pixels: {@code (x - mean) / deviation}, channel by channel. It is part of the
 * network and of its ONNX file, so attacks and augmentations see pixels in [0,1].
 *
 * @param name one of {@link KnownNames#NORMALIZATIONS}; default {@code training-split}: mean and standard deviation of the
 *     data set's training images; {@code imagenet}: those of ImageNet, for weights that were trained on it (on one channel
 *     the mean over its three); {@code symmetric}: to [-1,1]
 * @param mean one value a channel, in pixel units, in [0,1]; absent until the data set is known
 * @param deviation one value a channel, in pixel units, in (0,1]; absent where {@code mean} is
 */
public record InputNormalization(String name, List<Double> mean, List<Double> deviation) {
    private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> IMAGENET_DEVIATION = List.of(0.229, 0.224, 0.225);
    private static final double ONE_GREY_LEVEL = 1.0 / 255;

    public InputNormalization {
        name = Check.oneOf("normalization.name", name == null ? "training-split" : name, KnownNames.NORMALIZATIONS);
        if ((mean == null) != (deviation == null)) {
            throw new InvalidFieldException(
                    mean == null ? "normalization.mean" : "normalization.deviation",
                    null,
                    "present where the other of mean and deviation is");
        }
        if (mean != null) {
            mean = Check.copyOf("normalization.mean", mean);
            deviation = Check.copyOf("normalization.deviation", deviation);
            Check.inRange("normalization.deviation (how many)", deviation.size(), mean.size(), mean.size());
            mean.forEach(value -> Check.inRange("normalization.mean", value, 0, 1));
            deviation.forEach(value -> Check.inRange("normalization.deviation", value, ONE_GREY_LEVEL, 1));
        }
    }

    /** By name, its values yet to be filled in. */
    public static InputNormalization named(String name) {
        return new InputNormalization(name, null, null);
    }

    /** To [-1,1]: what a message of earlier builds, which does not name any, means. */
    public static InputNormalization symmetric(int channels) {
        return new InputNormalization(
                "symmetric", Collections.nCopies(channels, 0.5), Collections.nCopies(channels, 0.5));
    }

    /**
     * With the values that its name has for a data set; values that are there are replaced, since the name decides them.
     *
     * @throws InvalidFieldException for {@code training-split} of a data set whose import did not measure its pixels
     */
    public InputNormalization resolvedFor(DatasetManifest data) {
        int channels = data.channels();
        return switch (name) {
            case "imagenet" ->
                new InputNormalization(
                        name, perChannel(IMAGENET_MEAN, channels), perChannel(IMAGENET_DEVIATION, channels));
            case "symmetric" -> symmetric(channels);
            default -> {
                if (data.channelMeans() == null) {
                    throw new InvalidFieldException(
                            "normalization.name",
                            name,
                            "symmetric or imagenet for " + data.name()
                                    + ", whose pixels were not measured when an earlier build imported it: import it again");
                }
                yield new InputNormalization(name, data.channelMeans(), data.channelDeviations());
            }
        };
    }

    private static List<Double> perChannel(List<Double> rgb, int channels) {
        return channels == rgb.size()
                ? rgb
                : Collections.nCopies(
                        channels,
                        rgb.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }
}
