package org.rtda.gateway.dataset;

import java.util.Arrays;
import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.settings.AugMixSettings;
import org.rtda.core.ByteImage;
import org.rtda.core.Seed;
import org.rtda.core.augment.AugMix;
import org.rtda.core.augment.AugMixParameters;

/** The versions of an image that a picture of samples can show. */
public enum SampleView {
    /** The image as it was imported. */
    IMAGES("images") {
        @Override
        float[] pixels(ByteImage image, int index) {
            return clean(image);
        }
    },
    /** One AugMix view of it, with the settings of a training that says nothing else; no flip and no crop before it. */
    AUGMIX("augmix") {
        @Override
        float[] pixels(ByteImage image, int index) {
            return AUG_MIX.mix(image, new Seed(1).forStep("sample", 0, index));
        }
    },
    /** The AugMix view less the image: mid grey is no change, white is one more, black one less. */
    AUGMIX_DIFFERENCE("augmix-difference") {
        @Override
        float[] pixels(ByteImage image, int index) {
            float[] difference = AUGMIX.pixels(image, index);
            float[] clean = clean(image);
            for (int i = 0; i < difference.length; i++) {
                difference[i] = 0.5f + (difference[i] - clean[i]) / 2;
            }
            return difference;
        }
    };

    private static final AugMix AUG_MIX = new AugMix(parameters(AugMixSettings.DEFAULT));

    private final String title;

    SampleView(String title) {
        this.title = title;
    }

    /**
     * @param index of the image in its split: the same image has the same view each time
     * @return C x H x W, row-major, in [0,1]
     */
    abstract float[] pixels(ByteImage image, int index);

    /** @throws org.rtda.contracts.check.InvalidFieldException when there is none of that name */
    public static SampleView named(String name) {
        List<String> known = Arrays.stream(values()).map(view -> view.title).toList();
        return values()[known.indexOf(Check.oneOf("view", name, known))];
    }

    private static float[] clean(ByteImage image) {
        float[] pixels = new float[image.data().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (image.data()[i] & 0xff) / 255f;
        }
        return pixels;
    }

    private static AugMixParameters parameters(AugMixSettings settings) {
        return new AugMixParameters(
                settings.width(), settings.depth(), settings.severity(), settings.alpha(), settings.allOperations());
    }
}
