package org.rtda.core.network;

import java.util.Arrays;

/**
 * A named array that a layer owns.
 *
 * @param name as in PyTorch's state dictionaries, for example {@code layer1.0.conv1.weight}
 * @param shape sizes, outermost first
 * @param role what it is to its layer
 */
public record Parameter(String name, long[] shape, Role role) {

    /** What a parameter is to its layer. Statistics are measured while training; all others are trained. */
    public enum Role {
        WEIGHT,
        BIAS,
        RUNNING_MEAN,
        RUNNING_VARIANCE
    }

    /** Whether the optimiser changes it; running statistics are changed by forward passes in training mode. */
    public boolean trained() {
        return role == Role.WEIGHT || role == Role.BIAS;
    }

    /** How many values it has. */
    public int size() {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameter that
                && name.equals(that.name)
                && Arrays.equals(shape, that.shape)
                && role == that.role;
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }
}
