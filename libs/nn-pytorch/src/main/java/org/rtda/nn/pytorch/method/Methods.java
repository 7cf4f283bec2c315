package org.rtda.nn.pytorch.method;

import java.util.List;
import java.util.function.Function;

/** The training methods by name. A new one is one entry of {@link #ALL}. */
public final class Methods {
    private static final List<Function<MethodSettings, TrainingMethod>> ALL = List.of(
            settings -> new RtdaMethod(settings.lambda()),
            settings -> new ErmMethod(),
            settings -> new AugMixMethod(settings.lambda()),
            settings -> new AdversarialMethod(),
            settings -> new TradesMethod(settings.beta()),
            settings -> new AugMixAdversarialMethod(),
            settings -> new RobustAugMixMethod(settings.lambda()));
    /** A name does not depend on the settings. */
    private static final List<String> NAMES = ALL.stream()
            .map(method -> method.apply(new MethodSettings(1, 1)).name())
            .toList();

    private Methods() {}

    public static List<String> names() {
        return NAMES;
    }

    /** @throws IllegalArgumentException for an unknown name, listing the known ones */
    public static TrainingMethod named(String name, MethodSettings settings) {
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("method must be one of " + NAMES + ", was " + name);
        }
        return ALL.get(index).apply(settings);
    }
}
