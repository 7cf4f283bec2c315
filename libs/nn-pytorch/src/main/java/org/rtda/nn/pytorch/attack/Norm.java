package org.rtda.nn.pytorch.attack;

import java.util.Arrays;
import java.util.List;

/** How the size of a perturbation is measured, per image, in pixel units. */
public enum Norm {
    /** Square root of the sum of squares over all channels and pixels. */
    L2("l2"),
    /** The largest absolute change of a value. */
    LINF("linf");

    private final String title;

    Norm(String title) {
        this.title = title;
    }

    /** {@code l2} or {@code linf}. */
    public String title() {
        return title;
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(Norm::title).toList();
    }

    /** @throws IllegalArgumentException for an unknown name, listing the known ones */
    public static Norm named(String name) {
        return Arrays.stream(values())
                .filter(norm -> norm.title.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("norm must be one of " + names() + ", was " + name));
    }
}
