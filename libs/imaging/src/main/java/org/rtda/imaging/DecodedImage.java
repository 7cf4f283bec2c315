package org.rtda.imaging;

import java.util.Objects;

/** An image and what its file says about it. */
public record DecodedImage(SampledImage image, ImageFacts facts) {

    public DecodedImage {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(facts, "facts");
    }
}
