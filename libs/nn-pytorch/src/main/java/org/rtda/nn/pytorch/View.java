package org.rtda.nn.pytorch;

/**
 * A version of the batch that a training method needs.
 *
 * @param name unique in the method, for example {@code augmix}
 * @param kind what makes it
 * @param source for {@code ADVERSARIAL}: the name of the view the attack starts from; else null
 */
public record View(String name, Kind kind, String source) {

    /** What makes a view. */
    public enum Kind {
        /** Pre-augmentation only. */
        CLEAN,
        /** AugMix of the clean view. */
        AUGMIX,
        /** An attack on the current weights, from another view. */
        ADVERSARIAL
    }

    public View {
        if ((kind == Kind.ADVERSARIAL) != (source != null)) {
            throw new IllegalArgumentException("view " + name + ": exactly the adversarial views have a source");
        }
    }

    static View clean(String name) {
        return new View(name, Kind.CLEAN, null);
    }

    static View augmix(String name) {
        return new View(name, Kind.AUGMIX, null);
    }

    static View adversarial(String name, String source) {
        return new View(name, Kind.ADVERSARIAL, source);
    }
}
