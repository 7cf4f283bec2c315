package org.rtda.nn.pytorch.attack;

import java.util.ArrayList;
import java.util.List;

/**
 * After which steps APGD asks whether the loss still rises: {@code w_j = p_j N} with {@code p_0 = 0, p_1 = 0.22,
 * p_(j+1) = p_j + max(p_j - p_(j-1) - 0.03, 0.06)} (Croce and Hein, ICML 2020, section 3.3), in whole steps as the authors'
 * program rounds them: the first after {@code floor(0.22 N)}, each distance smaller by {@code floor(0.03 N)} down to
 * {@code floor(0.06 N)}, each of these at least 1.
 */
final class ApgdCheckpoints {
    private final List<Integer> steps = new ArrayList<>();

    ApgdCheckpoints(int searchSteps) {
        int distance = Math.max((int) (0.22 * searchSteps), 1);
        int least = Math.max((int) (0.06 * searchSteps), 1);
        int decrease = Math.max((int) (0.03 * searchSteps), 1);
        for (int step = distance; step <= searchSteps; step += distance) {
            steps.add(step);
            distance = Math.max(distance - decrease, least);
        }
    }

    List<Integer> steps() {
        return steps;
    }

    /** Whether there is a checkpoint after so many steps. */
    boolean isAfter(int step) {
        return steps.contains(step);
    }

    /** Of a checkpoint: the steps since the one before it. */
    int stepsBefore(int step) {
        int index = steps.indexOf(step);
        return index == 0 ? step : step - steps.get(index - 1);
    }
}
