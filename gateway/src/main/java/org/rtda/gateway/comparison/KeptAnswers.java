package org.rtda.gateway.comparison;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.rtda.contracts.Predictions;
import org.rtda.contracts.RobustnessMetric.Measured;
import org.rtda.contracts.dataset.ObjectRef;

/** What the models answered image by image, each document read once; empty where it was not kept or cannot be read. */
final class KeptAnswers {
    private final Function<ObjectRef, Optional<Predictions>> store;
    private final Map<ObjectRef, Optional<Predictions>> read = new HashMap<>();

    KeptAnswers(Function<ObjectRef, Optional<Predictions>> store) {
        this.store = store;
    }

    Optional<Predictions> of(Measured measured) {
        return measured.predictions() == null ? Optional.empty() : read.computeIfAbsent(measured.predictions(), store);
    }
}
