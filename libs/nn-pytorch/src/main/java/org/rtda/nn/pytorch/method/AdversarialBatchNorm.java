package org.rtda.nn.pytorch.method;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.core.network.Layer;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;

/**
 * The second set of batch-norm parameters, weights and statistics, that adversarial images use under
 * {@link BatchNormMode#DUAL}. It stands beside the network's own under prefixed names and begins as a copy of it.
 */
final class AdversarialBatchNorm {
    static final String PREFIX = "adversarial-batch-norm/";

    private AdversarialBatchNorm() {}

    static List<Parameter> parameters(NetworkArchitecture architecture) {
        return architecture.layers().stream()
                .filter(Layer.BatchNormalization.class::isInstance)
                .flatMap(layer -> layer.parameters().stream())
                .map(own -> new Parameter(PREFIX + own.name(), own.shape(), own.role()))
                .toList();
    }

    /** The network's parameters with this set in place of its own, where there is one; exactly the architecture's names. */
    static <T> Map<String, T> inPlace(NetworkArchitecture architecture, Map<String, T> all) {
        Map<String, T> chosen = new LinkedHashMap<>();
        for (Parameter parameter : architecture.parameters()) {
            T own = all.get(parameter.name());
            chosen.put(parameter.name(), all.getOrDefault(PREFIX + parameter.name(), own));
        }
        return chosen;
    }

    /** Only the network's own parameters. */
    static <T> Map<String, T> without(Map<String, T> all) {
        Map<String, T> own = new LinkedHashMap<>(all);
        own.keySet().removeIf(name -> name.startsWith(PREFIX));
        return own;
    }
}
