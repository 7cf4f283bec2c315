package org.rtda.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Lines over an axis.
 *
 * @param title what is shown
 * @param xLabel what the horizontal axis says
 * @param yLabel what the vertical axis says
 * @param low lower end of the vertical axis; null where it follows the data
 * @param high upper end of the vertical axis; null where it follows the data
 * @param series lines and marks, in the order of the legend
 * @param across ends of the horizontal axis; null where it follows the data
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Chart(
        String title, String xLabel, String yLabel, Double low, Double high, List<Series> series, Range across) {
    public Chart {
        series = List.copyOf(series);
    }

    /** Its horizontal axis follows the data. */
    public Chart(String title, String xLabel, String yLabel, Double low, Double high, List<Series> series) {
        this(title, xLabel, yLabel, low, high, series, null);
    }

    /**
     * @param low lower end
     * @param high above low
     */
    public record Range(double low, double high) {
        public Range {
            if (!(low < high)) {
                throw new IllegalArgumentException("high must be above low, were " + high + " and " + low);
            }
        }
    }

    /** Whether there is nothing to draw but references. */
    public boolean drawsNothing() {
        return series.stream()
                .allMatch(s -> s.style() == Style.REFERENCE || s.points().isEmpty());
    }

    public enum Style {
        /** With the intervals as a band, where there are some. */
        LINE,
        /** Marks with their intervals, not joined. */
        MARKS,
        /** Something to compare with: dashed, without marks. */
        REFERENCE
    }

    /**
     * @param name in the legend
     * @param style how it is drawn
     * @param points by rising x
     */
    public record Series(String name, Style style, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }

        /** A level line. */
        public static Series level(String name, double y, double fromX, double toX) {
            return new Series(name, Style.REFERENCE, List.of(Point.bare(fromX, y), Point.bare(toX, y)));
        }
    }

    /**
     * @param x place on the horizontal axis
     * @param y place on the vertical axis
     * @param low lower end of its interval; null where it has none
     * @param high upper end of its interval; null where it has none
     * @param flags empty where the figure stands
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Point(double x, double y, Double low, Double high, List<Flag> flags) {
        public Point {
            flags = List.copyOf(flags);
        }

        public static Point bare(double x, double y) {
            return new Point(x, y, null, null, List.of());
        }

        boolean hasInterval() {
            return low != null && high != null && high > low;
        }
    }
}
