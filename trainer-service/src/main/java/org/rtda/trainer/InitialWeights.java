package org.rtda.trainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.ObjectRef;
import org.rtda.core.Tensor;
import org.rtda.core.network.InvalidSafeTensorsException;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Parameter;
import org.rtda.core.network.SafeTensors;
import org.rtda.core.network.Weights;

/** Weights to begin with that somebody brought along: the tensors of the network, in any order. */
final class InitialWeights {
    /** Differences that a message names; the rest is counted. */
    private static final int NAMED = 5;

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
        Map<String, Tensor> left = new LinkedHashMap<>(given.tensors());
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        List<String> differences = new ArrayList<>();
        for (Parameter parameter : architecture.parameters()) {
            Tensor tensor = left.remove(parameter.name());
            if (tensor == null) {
                differences.add(parameter + " is missing");
            } else if (!Arrays.equals(tensor.shape(), parameter.shape())) {
                differences.add(parameter.name() + " must have shape " + Arrays.toString(parameter.shape()) + ", has "
                        + Arrays.toString(tensor.shape()));
            } else if (!isFinite(tensor)) {
                differences.add(parameter.name() + " holds a value that is not finite");
            }
            ordered.put(parameter.name(), tensor);
        }
        left.keySet().forEach(name -> differences.add(name + " is not part of the network"));
        if (!differences.isEmpty()) {
            String rest =
                    differences.size() > NAMED ? ", and " + (differences.size() - NAMED) + " more differences" : "";
            throw new IllegalArgumentException("not weights of network " + architecture.name() + " for images of "
                    + architecture.channels() + " x " + architecture.height() + " x " + architecture.width() + " and "
                    + architecture.classes() + " classes: "
                    + String.join("; ", differences.subList(0, Math.min(NAMED, differences.size()))) + rest);
        }
        return new Weights(ordered);
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
