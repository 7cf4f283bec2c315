package org.rtda.benchmarks;

import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.rtda.benchmarks.measuring.PairedTurns;

/**
 * One line of a measurement.
 *
 * @param what was done, for example {@code resnet20, 28 pixels, batch 128}
 * @param unit of {@code ours} and {@code rivalValue}, for example {@code ms} or {@code images/s}
 * @param ours median
 * @param samples behind the median
 * @param rival what it is compared with; null when with nothing
 * @param rivalValue its median in the same run; null without a rival
 * @param ratio how many times as fast ours is: the median of the turns' ratios, above 1 where ours is faster; null without a
 *     rival
 * @param target in words, for example {@code at least 1.2x}; null when there is none
 * @param note what a reader must know; null when nothing
 */
public record BenchmarkFigure(
        String what,
        String unit,
        double ours,
        int samples,
        String rival,
        Double rivalValue,
        Double ratio,
        String target,
        String note) {

    public BenchmarkFigure {
        if ((rival == null) != (rivalValue == null) || (rival == null) != (ratio == null)) {
            throw new IllegalArgumentException("rival, rivalValue and ratio must be given together or not at all, were "
                    + rival + ", " + rivalValue + " and " + ratio + " of " + what);
        }
    }

    /** What there is to see before the table. */
    String inShort() {
        String here = Measurement.shown(ours) + " " + unit;
        return rival == null
                ? here
                : here + ", " + rival + " " + Measurement.shown(rivalValue) + ", " + Measurement.shown(ratio) + "x";
    }

    /** Without anything to compare with. */
    static BenchmarkFigure alone(String what, String unit, double ours, int samples, String target, String note) {
        return builder()
                .what(what)
                .unit(unit)
                .ours(ours)
                .samples(samples)
                .target(target)
                .note(note)
                .build();
    }

    /** A time: less is faster. */
    static BenchmarkFigure ofTime(String what, PairedTurns milliseconds, String rival, String target, String note) {
        return of(what, "ms", milliseconds, rival, target, note, value -> value);
    }

    /** How many a second, from the milliseconds that each takes. */
    static BenchmarkFigure ofRate(
            String what, String unit, PairedTurns milliseconds, String rival, String target, String note) {
        return of(what, unit, milliseconds, rival, target, note, value -> 1000 / value);
    }

    /** As above, of things that each unit of work has so many of: 25.7 megabytes, for example. */
    static BenchmarkFigure ofRate(
            String what,
            String unit,
            PairedTurns milliseconds,
            String rival,
            String target,
            String note,
            double things) {
        return of(what, unit, milliseconds, rival, target, note, value -> 1000 * things / value);
    }

    private static BenchmarkFigure of(
            String what,
            String unit,
            PairedTurns milliseconds,
            String rival,
            String target,
            String note,
            DoubleUnaryOperator shown) {
        double ours = shown.applyAsDouble(milliseconds.ours());
        if (!milliseconds.hasRival()) {
            return alone(what, unit, ours, milliseconds.count(), target, note);
        }
        return builder()
                .what(what)
                .unit(unit)
                .ours(ours)
                .rival(rival)
                .target(target)
                .note(note)
                .samples(milliseconds.count())
                .rivalValue(shown.applyAsDouble(milliseconds.rival()))
                .ratio(milliseconds.ratio())
                .build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets components by name; one that is not set is null. */
    public static final class Builder {
        private String what;
        private String unit;
        private Double ours;
        private Integer samples;
        private String rival;
        private Double rivalValue;
        private Double ratio;
        private String target;
        private String note;

        private Builder() {}

        public Builder what(String what) {
            this.what = what;
            return this;
        }

        public Builder unit(String unit) {
            this.unit = unit;
            return this;
        }

        public Builder ours(double ours) {
            this.ours = ours;
            return this;
        }

        public Builder samples(int samples) {
            this.samples = samples;
            return this;
        }

        public Builder rival(String rival) {
            this.rival = rival;
            return this;
        }

        public Builder rivalValue(Double rivalValue) {
            this.rivalValue = rivalValue;
            return this;
        }

        public Builder ratio(Double ratio) {
            this.ratio = ratio;
            return this;
        }

        public Builder target(String target) {
            this.target = target;
            return this;
        }

        public Builder note(String note) {
            this.note = note;
            return this;
        }

        public BenchmarkFigure build() {
            return new BenchmarkFigure(
                    what,
                    unit,
                    Objects.requireNonNull(ours, "ours"),
                    Objects.requireNonNull(samples, "samples"),
                    rival,
                    rivalValue,
                    ratio,
                    target,
                    note);
        }
    }
}
