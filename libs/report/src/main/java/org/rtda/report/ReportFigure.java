package org.rtda.report;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A number that was measured.
 *
 * @param value the number; null where it is not defined or not there: then {@code note} says why
 * @param low lower end of its 95% interval; null where it has none
 * @param high upper end of its 95% interval; null where it has none
 * @param n how many images, or whatever {@code of} names, are behind it; null where that has no meaning
 * @param of what n counts; null for images
 * @param note why there is no value, or what to mind; null otherwise
 * @param constant what an answer that is the same for every image scores in this figure; null where nothing is to be shown
 * @param assumption on what the figure rests that nobody has said; stands beside it; null for nothing
 * @param drawnFrom how many images there are where the n were drawn from them by class; null where n are all
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReportFigure(
        Double value,
        Double low,
        Double high,
        Integer n,
        String of,
        String note,
        Double constant,
        String assumption,
        Integer drawnFrom) {
    public ReportFigure {
        if (drawnFrom != null && (n == null || drawnFrom <= n)) {
            throw new IllegalArgumentException("drawnFrom must be more than n = " + n + ", was " + drawnFrom);
        }
        if (value == null && (note == null || note.isBlank())) {
            throw new IllegalArgumentException("a figure without value must say why");
        }
        if (value != null && !Double.isFinite(value)) {
            throw new IllegalArgumentException("a figure must be finite, was " + value);
        }
    }

    /** The same of images that were drawn from so many; null for all that there are. */
    public ReportFigure drawnFrom(Integer there) {
        return toBuilder().drawnFrom(there).build();
    }

    /** @param reason why there is no value */
    public static ReportFigure missing(String reason) {
        return ReportFigure.builder().note(reason).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        return new Builder()
                .value(value)
                .low(low)
                .high(high)
                .n(n)
                .of(of)
                .note(note)
                .constant(constant)
                .assumption(assumption)
                .drawnFrom(drawnFrom);
    }

    /** Sets components by name; one that is not set is null. */
    public static final class Builder {
        private Double value;
        private Double low;
        private Double high;
        private Integer n;
        private String of;
        private String note;
        private Double constant;
        private String assumption;
        private Integer drawnFrom;

        private Builder() {}

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

        public Builder n(Integer n) {
            this.n = n;
            return this;
        }

        public Builder of(String of) {
            this.of = of;
            return this;
        }

        public Builder note(String note) {
            this.note = note;
            return this;
        }

        public Builder constant(Double constant) {
            this.constant = constant;
            return this;
        }

        public Builder assumption(String assumption) {
            this.assumption = assumption;
            return this;
        }

        public Builder drawnFrom(Integer drawnFrom) {
            this.drawnFrom = drawnFrom;
            return this;
        }

        public ReportFigure build() {
            return new ReportFigure(value, low, high, n, of, note, constant, assumption, drawnFrom);
        }
    }
}
