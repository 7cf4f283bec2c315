package org.rtda.nn.pytorch.method;

import java.util.Arrays;
import java.util.List;

/** How gradients change weights. */
public enum Optimizer {
    /** {@link SgdStep}. */
    SGD("sgd", List.of("momentum")),
    /** {@link AdamWStep}. */
    ADAMW("adamw", List.of("first-moment", "second-moment"));

    private final String title;
    private final List<String> buffers;

    Optimizer(String title, List<String> buffers) {
        this.title = title;
        this.buffers = buffers;
    }

    /** {@code sgd} or {@code adamw}. */
    public String title() {
        return title;
    }

    /** What it remembers of each trained parameter, all 0 before the first step. */
    public List<String> buffers() {
        return buffers;
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(Optimizer::title).toList();
    }

    /** @throws IllegalArgumentException for an unknown name, listing the known ones */
    public static Optimizer named(String name) {
        return Arrays.stream(values())
                .filter(optimizer -> optimizer.title.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("optimizer must be one of " + names() + ", was " + name));
    }
}
