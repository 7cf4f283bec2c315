package org.rtda.trainer;

import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.core.Seed;
import org.rtda.core.network.InvalidSafeTensorsException;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.PretrainedWeights;
import org.rtda.core.network.SafeTensors;

/** Weights to begin with that somebody brought along: the tensors of the network, in any order, or what can be fitted to it. */
final class InitialWeights {
    private InitialWeights() {}

    /**
     * @param seed of a classifier that is made anew
     * @throws TrainingFailedException when the file is none, or holds weights that do not fit ({@link PretrainedWeights}),
     *     naming what differs
     */
    static PretrainedWeights.Fitted decode(
            NetworkArchitecture architecture, ObjectRef file, byte[] content, Seed seed) {
        try {
            return PretrainedWeights.fit(
                    architecture, SafeTensors.decode(content).weights(), seed);
        } catch (InvalidSafeTensorsException | IllegalArgumentException e) {
            throw new TrainingFailedException("initialWeights " + file.key() + ": " + e.getMessage(), e);
        }
    }
}
