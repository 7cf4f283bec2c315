package org.rtda.core.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.core.Tensor;

/**
 * Named tensors in a fixed order. The order is part of the value, so that equal weights encode to equal bytes. Arrays are
 * not copied: whoever makes or reads weights must not change them afterwards.
 */
public final class Weights {
    private final Map<String, Tensor> tensors;

    /** The tensors in the map's own order. */
    public Weights(Map<String, Tensor> tensors) {
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /**
     * One tensor.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("weights hold no tensor named " + name);
        }
        return tensor;
    }

    /**
     * Refuses these weights unless they are exactly the given parameters, in their order.
     *
     * @param owner who needs them, for the message
     * @throws IllegalArgumentException naming the first tensor that does not fit
     */
    public void requireMatches(List<Parameter> parameters, String owner) {
        List<String> found = new ArrayList<>(tensors.keySet());
        for (int i = 0; i < parameters.size(); i++) {
            Parameter wanted = parameters.get(i);
            if (i >= found.size() || !found.get(i).equals(wanted.name())) {
                throw new IllegalArgumentException("weights do not fit " + owner + ": tensor " + i + " must be "
                        + wanted + ", was " + (i < found.size() ? found.get(i) : "absent"));
            }
            long[] shape = tensors.get(wanted.name()).shape();
            if (!Arrays.equals(shape, wanted.shape())) {
                throw new IllegalArgumentException("weights do not fit " + owner + ": " + wanted.name()
                        + " must have shape " + Arrays.toString(wanted.shape()) + ", had " + Arrays.toString(shape));
            }
        }
        if (found.size() > parameters.size()) {
            throw new IllegalArgumentException(
                    "weights do not fit " + owner + ": unexpected tensor " + found.get(parameters.size()));
        }
    }

    /**
     * Refuses weights that hold NaN or an infinity.
     *
     * @throws IllegalArgumentException naming the first tensor that does, the position and the value
     */
    public void requireFinite() {
        tensors.forEach((name, tensor) -> {
            float[] values = tensor.data();
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new IllegalArgumentException(
                            "every weight must be finite, value " + i + " of tensor " + name + " was " + values[i]);
                }
            }
        });
    }

    /** Equal in names, order, shapes and every bit of the values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Weights that
                && new ArrayList<>(tensors.entrySet()).equals(new ArrayList<>(that.tensors.entrySet()));
    }

    @Override
    public int hashCode() {
        return new ArrayList<>(tensors.entrySet()).hashCode();
    }

    @Override
    public String toString() {
        return "Weights[" + tensors.size() + " tensors]";
    }
}
