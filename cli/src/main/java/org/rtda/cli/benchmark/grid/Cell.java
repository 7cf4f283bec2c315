package org.rtda.cli.benchmark.grid;

import java.math.BigDecimal;
import org.rtda.contracts.ExperimentSpec;

/**
 * One training run of the grid.
 *
 * @param epsilon strength of the attacks in training; null for a method that trains without attacks: its one run stands for
 *     every strength
 * @param spec complete: every default and every value that depends on the images is filled in
 * @param fingerprint of the specification and of the data set's content
 */
public record Cell(String dataset, Double epsilon, String method, long seed, ExperimentSpec spec, String fingerprint) {

    /** The cell whose specification is complete. */
    public static Cell of(ExperimentSpec spec, String fingerprint) {
        Double epsilon =
                TrainingCost.of(spec.method()).attacks() ? spec.attack().epsilon() : null;
        return new Cell(spec.dataset(), epsilon, spec.method(), spec.seed(), spec, fingerprint);
    }

    /** For example {@code busi-28/0.5/rtda/seed-1}; {@code busi-28/any/erm/seed-1} without attacks in training. */
    public String id() {
        return dataset + "/" + (epsilon == null ? "any" : plain(epsilon)) + "/" + method + "/seed-" + seed;
    }

    /** Whether it belongs to the comparison at this strength. */
    public boolean isComparedAt(String wanted, double strength) {
        return dataset.equals(wanted) && (epsilon == null || epsilon == strength);
    }

    public static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
