package org.rtda.contracts.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.dataset.SplitNames;

/**
 * A figure of one subgroup, as the gateway answers it and a client reads it: of the test images, or of those of an external test set, beside that of all of them.
 *
 * @param experiment id of the experiment
 * @param attribute {@code site}, {@code scanner}, {@code sex}, {@code ageBand}, {@code laterality} or {@code view}
 * @param subgroup the attribute's value, for example {@code F}
 * @param classCounts its images by label
 * @param small whether a class has too few images for a figure to say much
 * @param images {@code clean}, {@code attacked} (in the training ball) or {@code corrupted} (mean over the corruptions of one
 *     severity); {@code shift-LABEL} for those of an external test set
 * @param conditions labels of the conditions behind it
 * @param metric {@code accuracy} or {@code balanced-accuracy}
 * @param value the figure; null where it is not defined
 * @param low lower end of the 95% interval; null where the value is
 * @param high upper end of the 95% interval; null where the value is
 * @param n images behind it
 * @param note why there is no value; null otherwise
 * @param whole the same figure of all images of its set; null where there is none
 * @param difference of the subgroup from the whole, null where one of the two is; its interval takes the two for independent
 * @param differenceLow lower end of the 95% interval of the difference; null where the difference is
 * @param differenceHigh upper end of the 95% interval of the difference; null where the difference is
 * @param worst whether it is the lowest of its kind, among subgroups that are not small where there are such
 * @param failedGates the rules for believable figures that its conditions do not keep
 * @param split the set that its images are of: {@code test}, or {@code shift-LABEL} of an external test set. Null in rows that were
 *     written without it: their {@code images} say it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SubgroupRow(
        String experiment,
        String attribute,
        String subgroup,
        List<Integer> classCounts,
        boolean small,
        String images,
        List<String> conditions,
        String metric,
        Double value,
        Double low,
        Double high,
        int n,
        String note,
        Double whole,
        Double difference,
        Double differenceLow,
        Double differenceHigh,
        boolean worst,
        List<String> failedGates,
        String split) {
    /** {@code images} of test images as they are. */
    public static final String CLEAN = "clean";

    /** {@code images} of test images attacked in the training ball. */
    public static final String ATTACKED = "attacked";

    /** {@code images} of corrupted test images. */
    public static final String CORRUPTED = "corrupted";

    public SubgroupRow {
        if (split == null) {
            split = SplitNames.isShift(images) ? images : SplitNames.TEST;
        }
    }

    /** The same, as the lowest of its kind. */
    public SubgroupRow asWorst() {
        return toBuilder().worst(true).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Begins with all that this one says. */
    public Builder toBuilder() {
        return new Builder()
                .experiment(experiment)
                .attribute(attribute)
                .subgroup(subgroup)
                .classCounts(classCounts)
                .small(small)
                .images(images)
                .conditions(conditions)
                .metric(metric)
                .value(value)
                .low(low)
                .high(high)
                .n(n)
                .note(note)
                .whole(whole)
                .difference(difference)
                .differenceLow(differenceLow)
                .differenceHigh(differenceHigh)
                .worst(worst)
                .failedGates(failedGates)
                .split(split);
    }

    /** Sets components by name; one that is not set is absent. */
    public static final class Builder {
        private String experiment;
        private String attribute;
        private String subgroup;
        private List<Integer> classCounts;
        private Boolean small;
        private String images;
        private List<String> conditions;
        private String metric;
        private Double value;
        private Double low;
        private Double high;
        private Integer n;
        private String note;
        private Double whole;
        private Double difference;
        private Double differenceLow;
        private Double differenceHigh;
        private Boolean worst;
        private List<String> failedGates;
        private String split;

        private Builder() {}

        public Builder experiment(String experiment) {
            this.experiment = experiment;
            return this;
        }

        public Builder attribute(String attribute) {
            this.attribute = attribute;
            return this;
        }

        public Builder subgroup(String subgroup) {
            this.subgroup = subgroup;
            return this;
        }

        public Builder classCounts(List<Integer> classCounts) {
            this.classCounts = classCounts;
            return this;
        }

        public Builder small(boolean small) {
            this.small = small;
            return this;
        }

        public Builder images(String images) {
            this.images = images;
            return this;
        }

        public Builder conditions(List<String> conditions) {
            this.conditions = conditions;
            return this;
        }

        public Builder metric(String metric) {
            this.metric = metric;
            return this;
        }

        public Builder value(Double value) {
            this.value = value;
            return this;
        }

        public Builder low(Double low) {
            this.low = low;
            return this;
        }

        public Builder high(Double high) {
            this.high = high;
            return this;
        }

        public Builder n(int n) {
            this.n = n;
            return this;
        }

        public Builder note(String note) {
            this.note = note;
            return this;
        }

        public Builder whole(Double whole) {
            this.whole = whole;
            return this;
        }

        public Builder difference(Double difference) {
            this.difference = difference;
            return this;
        }

        public Builder differenceLow(Double differenceLow) {
            this.differenceLow = differenceLow;
            return this;
        }

        public Builder differenceHigh(Double differenceHigh) {
            this.differenceHigh = differenceHigh;
            return this;
        }

        public Builder worst(boolean worst) {
            this.worst = worst;
            return this;
        }

        public Builder failedGates(List<String> failedGates) {
            this.failedGates = failedGates;
            return this;
        }

        public Builder split(String split) {
            this.split = split;
            return this;
        }

        public SubgroupRow build() {
            return new SubgroupRow(
                    experiment,
                    attribute,
                    subgroup,
                    classCounts,
                    Check.present("small", small),
                    images,
                    conditions,
                    metric,
                    value,
                    low,
                    high,
                    Check.present("n", n),
                    note,
                    whole,
                    difference,
                    differenceLow,
                    differenceHigh,
                    Check.present("worst", worst),
                    failedGates,
                    split);
        }
    }
}
