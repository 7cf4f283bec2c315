package org.rtda.core.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How weights that somebody brought along differ from those of a network, by name and shape. In any order they are the same
 * weights. Whoever takes weights, and whoever refuses them before, says the same.
 */
public final class WeightDifferences {
    /** Differences that the words name; the rest is counted. */
    private static final int NAMED = 5;

    private final NetworkArchitecture architecture;
    private final List<String> differences = new ArrayList<>();

    private WeightDifferences(NetworkArchitecture architecture) {
        this.architecture = architecture;
    }

    /** @param shapes of the weights, by name */
    public static WeightDifferences between(NetworkArchitecture architecture, Map<String, long[]> shapes) {
        WeightDifferences found = new WeightDifferences(architecture);
        Set<String> left = new LinkedHashSet<>(shapes.keySet());
        for (Parameter parameter : architecture.parameters()) {
            left.remove(parameter.name());
            long[] shape = shapes.get(parameter.name());
            if (shape == null) {
                found.add(parameter + " is missing");
            } else if (!Arrays.equals(shape, parameter.shape())) {
                found.add(parameter.name() + " must have shape " + Arrays.toString(parameter.shape()) + ", has "
                        + Arrays.toString(shape));
            }
        }
        left.forEach(name -> found.add(name + " is not part of the network"));
        return found;
    }

    /** A difference that names and shapes do not show. */
    public void add(String difference) {
        differences.add(difference);
    }

    public boolean isEmpty() {
        return differences.isEmpty();
    }

    /** What the weights should be of. */
    public String wanted() {
        return "weights of network " + architecture.name() + " for images of " + architecture.channels() + " x "
                + architecture.height() + " x " + architecture.width() + " and " + architecture.classes() + " classes";
    }

    /** The first differences, and how many more there are. */
    public String found() {
        String rest = differences.size() > NAMED ? ", and " + (differences.size() - NAMED) + " more differences" : "";
        return String.join("; ", differences.subList(0, Math.min(NAMED, differences.size()))) + rest;
    }
}
