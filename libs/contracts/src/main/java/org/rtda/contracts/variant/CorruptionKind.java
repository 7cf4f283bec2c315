package org.rtda.contracts.variant;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a corruption is. Validation, the means over held-out corruptions, and reports read it here; its class in
 * {@code robustness-core} is held to it by a test. A new corruption is one entry of {@link #ALL}.
 *
 * @param category what it does to an image
 * @param augMixOperation AugMix's operation that does the same to images in training; null where it has none
 */
public record CorruptionKind(String name, Category category, String augMixOperation) {
    /** Each corruption has severities from 1, the weakest, to this. */
    public static final int SEVERITIES = 5;

    /** What a corruption does to an image. */
    public enum Category {
        /** Each pixel is changed by chance. */
        NOISE,
        /** Neighbouring pixels are mixed. */
        BLUR,
        /** Every pixel is mapped to another grey level by one rule for the whole image. */
        INTENSITY,
        /** Detail is lost in storing the image. */
        STORAGE
    }

    private static final List<CorruptionKind> ALL = List.of(
            new CorruptionKind("gaussian-noise", Category.NOISE, null),
            new CorruptionKind("speckle-noise", Category.NOISE, null),
            new CorruptionKind("impulse-noise", Category.NOISE, null),
            new CorruptionKind("shot-noise", Category.NOISE, null),
            new CorruptionKind("gaussian-blur", Category.BLUR, null),
            new CorruptionKind("motion-blur", Category.BLUR, null),
            new CorruptionKind("brightness-up", Category.INTENSITY, "brightness"),
            new CorruptionKind("brightness-down", Category.INTENSITY, "brightness"),
            new CorruptionKind("contrast-up", Category.INTENSITY, "contrast"),
            new CorruptionKind("contrast-down", Category.INTENSITY, "contrast"),
            new CorruptionKind("gamma-up", Category.INTENSITY, null),
            new CorruptionKind("gamma-down", Category.INTENSITY, null),
            new CorruptionKind("jpeg", Category.STORAGE, null),
            new CorruptionKind("pixelate", Category.STORAGE, null));

    public static List<CorruptionKind> all() {
        return ALL;
    }

    public static List<String> names() {
        return namesWhere(any -> true);
    }

    /** Those of a kind. */
    public static List<String> namesWhere(Predicate<CorruptionKind> wanted) {
        return ALL.stream().filter(wanted).map(CorruptionKind::name).toList();
    }

    /** @throws NoSuchElementException when there is no such corruption; whoever may be wrong checks the name first */
    public static CorruptionKind named(String name) {
        return ALL.stream()
                .filter(kind -> kind.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new NoSuchElementException("corruption must be one of " + names() + ", was " + name));
    }

    /** Whether AugMix applies its operation in training, too; else it is held out. */
    public boolean isLikeAugMix() {
        return augMixOperation != null;
    }

    /** What AugMix applies in training, too, for a sentence: {@code brightness and contrast}. */
    public static String sharedWithAugMix() {
        return ALL.stream()
                .filter(CorruptionKind::isLikeAugMix)
                .map(CorruptionKind::augMixOperation)
                .distinct()
                .collect(Collectors.joining(" and "));
    }
}
