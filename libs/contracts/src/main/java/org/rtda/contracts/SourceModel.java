package org.rtda.contracts;

/**
 * A model to make adversarial images against, when they are tried on another.
 *
 * @param network one of {@link KnownNames#NETWORKS}
 * @param weights safetensors file
 */
public record SourceModel(String experimentId, String network, ObjectRef weights) {
    public SourceModel {
        Check.name("source.experimentId", experimentId);
        Check.oneOf("source.network", network, KnownNames.NETWORKS);
        Check.present("source.weights", weights);
    }
}
