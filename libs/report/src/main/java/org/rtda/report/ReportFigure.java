package org.rtda.report;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A number that was measured.
 *
 * @param value null where it is not defined or not there: then {@code note} says why
 * @param low lower end of its 95% interval; null where it has none
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
    /** With neither a constant answer nor an assumption beside it, of all images that there are. */
    public ReportFigure(Double value, Double low, Double high, Integer n, String of, String note) {
        this(value, low, high, n, of, note, null, null, null);
    }

    /** Of all images that there are. */
    public ReportFigure(
            Double value,
            Double low,
            Double high,
            Integer n,
            String of,
            String note,
            Double constant,
            String assumption) {
        this(value, low, high, n, of, note, constant, assumption, null);
    }

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
        return new ReportFigure(value, low, high, n, of, note, constant, assumption, there);
    }

    /** @param reason why there is no value */
    public static ReportFigure missing(String reason) {
        return new ReportFigure(null, null, null, null, null, reason);
    }
}
