package org.rtda.evaluator.context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Images in batches. */
public final class Batches {
    /** Images a batch. Part of what an attack's random start depends on, so a constant. */
    public static final int IMAGES = 64;

    private Batches() {}

    /** In their order, the last one perhaps smaller. */
    public static List<int[]> of(int[] indices) {
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < indices.length; from += IMAGES) {
            batches.add(Arrays.copyOfRange(indices, from, Math.min(indices.length, from + IMAGES)));
        }
        return batches;
    }
}
