package org.rtda.trainer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rtda.contracts.ObjectRef;
import org.rtda.core.Tensor;
import org.rtda.core.network.InvalidSafeTensorsException;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.WeightDifferences;
import org.rtda.core.network.Weights;

/** Weights to begin with that somebody brought along: the tensors of the network, in any order. */
final class InitialWeights {
    private InitialWeights() {}

    /** @throws TrainingFailedException when the file is none, or holds other weights than the network's, naming what differs */
    static Weights decode(NetworkArchitecture architecture, ObjectRef file, byte[] content) {
        try {
            return inOrder(architecture, SafeTensors.decode(content).weights());
        } catch (InvalidSafeTensorsException | IllegalArgumentException e) {
            throw new TrainingFailedException("initialWeights " + file.key() + ": " + e.getMessage(), e);
        }
    }

    private static Weights inOrder(NetworkArchitecture architecture, Weights given) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        given.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        WeightDifferences differences = WeightDifferences.between(architecture, shapes);
        given.tensors().forEach((name, tensor) -> {
            if (!isFinite(tensor)) {
                differences.add(name + " holds a value that is not finite");
            }
        });
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("not " + differences.wanted() + ": " + differences.found());
        }
        return architecture.inOrder(given);
    }

    private static boolean isFinite(Tensor tensor) {
        for (float value : tensor.data()) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
