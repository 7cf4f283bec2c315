package org.rtda.core.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The differences in names and shapes between weights that a user brings and those of a network. Whoever takes weights,
 * and whoever refuses them before, says the same.
 */
public final class WeightDifferences {
    /** Differences that the words name; the rest is counted. */
    private static final int NAMED = 5;

    private final NetworkArchitecture architecture;
    private final List<String> differences = new ArrayList<>();

    WeightDifferences(NetworkArchitecture architecture) {
        this.architecture = architecture;
    }

    void add(String difference) {
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
