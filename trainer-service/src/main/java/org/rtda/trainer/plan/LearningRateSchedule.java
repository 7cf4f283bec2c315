package org.rtda.trainer.plan;

import java.util.Arrays;
import java.util.List;

/** How the learning rate goes from its highest value to the end of the run. */
public enum LearningRateSchedule {
    /** From the highest at step 0 towards 0 at the end (Loshchilov and Hutter, ICLR 2017). */
    COSINE("cosine") {
        @Override
        double rate(double highest, long step, long steps) {
            return 0.5 * highest * (1 + Math.cos(Math.PI * step / steps));
        }
    },
    /** A tenth from half of the steps on, a hundredth from three quarters on. */
    STEP("step") {
        @Override
        double rate(double highest, long step, long steps) {
            if (4 * step >= 3 * steps) {
                return highest / 100;
            }
            return 2 * step >= steps ? highest / 10 : highest;
        }
    },
    CONSTANT("constant") {
        @Override
        double rate(double highest, long step, long steps) {
            return highest;
        }
    };

    private final String title;

    LearningRateSchedule(String title) {
        this.title = title;
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(schedule -> schedule.title).toList();
    }

    /** @throws IllegalArgumentException for an unknown name, listing the known ones */
    static LearningRateSchedule named(String name) {
        return Arrays.stream(values())
                .filter(schedule -> schedule.title.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("schedule must be one of " + names() + ", was " + name));
    }

    /** @param step in [0, steps) */
    abstract double rate(double highest, long step, long steps);
}
