package org.rtda.nn.pytorch.method;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The training methods by name. */
public final class Methods {
    private static final Map<String, Function<MethodSettings, TrainingMethod>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("rtda", settings -> new RtdaMethod(settings.lambda()));
        BY_NAME.put("erm", settings -> new ErmMethod());
        BY_NAME.put("augmix", settings -> new AugMixMethod(settings.lambda()));
        BY_NAME.put("adversarial", settings -> new AdversarialMethod());
        BY_NAME.put("trades", settings -> new TradesMethod(settings.beta()));
        BY_NAME.put("augmix-adversarial", settings -> new AugMixAdversarialMethod());
        BY_NAME.put("robust-augmix", settings -> new RobustAugMixMethod(settings.lambda()));
    }

    private Methods() {}

    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** @throws IllegalArgumentException for an unknown name, listing the known ones */
    public static TrainingMethod named(String name, MethodSettings settings) {
        Function<MethodSettings, TrainingMethod> method = BY_NAME.get(name);
        if (method == null) {
            throw new IllegalArgumentException("method must be one of " + names() + ", was " + name);
        }
        return method.apply(settings);
    }
}
