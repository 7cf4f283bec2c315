package org.rtda.contracts.settings;

import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.KnownNames;
import org.rtda.contracts.dataset.ObjectRef;

/**
 * The model against which the adversarial images of a transfer evaluation are made.
 *
 * @param experimentId id of the experiment whose model it is
 * @param network one of the {@link KnownNames#NETWORKS}
 * @param weights safetensors file
 * @param normalization the network's first layer; null stands for [-1,1]
 */
public record SourceModel(String experimentId, String network, ObjectRef weights, InputNormalization normalization) {
    public SourceModel {
        Check.name("source.experimentId", experimentId);
        Check.oneOf("source.network", network, KnownNames.NETWORKS);
        Check.present("source.weights", weights);
        if (normalization != null) {
            Check.present("source.normalization.mean", normalization.mean());
        }
    }

    /** Whose first layer brings pixels to [-1,1]. */
    public SourceModel(String experimentId, String network, ObjectRef weights) {
        this(experimentId, network, weights, null);
    }
}
