package org.rtda.report;

import java.util.List;
import org.rtda.report.Chart.Point;
import org.rtda.report.Chart.Series;

/**
 * The rectangle of a chart in which series are drawn, and the strokes of which everything is made; colours are the page's classes
 * {@code s0}, {@code s1}, ...
 */
final class ChartArea {
    static final double WIDTH = 640;
    static final double LEFT = 56;
    static final double RIGHT = WIDTH - 20;
    private static final double PLOT = 230;
    private static final double BELOW = 46;
    private static final int COLOURS = 7;

    private final Markup svg;
    private final double top;
    private final LinearScale across;
    private final LinearScale up;

    private ChartArea(Markup svg, double top, LinearScale across, LinearScale up) {
        this.svg = svg;
        this.top = top;
        this.across = across;
        this.up = up;
    }

    /**
     * Over the ends that the chart names, else over the points.
     *
     * @param series with at least one point in all
     * @param top in pixels
     */
    static ChartArea of(Chart chart, List<Series> series, double top, Markup svg) {
        List<Point> all = series.stream().flatMap(s -> s.points().stream()).toList();
        double xLow = chart.across() != null
                ? chart.across().low()
                : all.stream().mapToDouble(Point::x).min().orElseThrow();
        double xHigh = chart.across() != null
                ? chart.across().high()
                : all.stream().mapToDouble(Point::x).max().orElseThrow();
        double yLow = chart.low() != null
                ? chart.low()
                : Math.min(0, all.stream().mapToDouble(Point::y).min().orElseThrow());
        double yHigh = chart.high() != null
                ? chart.high()
                : all.stream().mapToDouble(Point::y).max().orElseThrow();
        return new ChartArea(
                svg,
                top,
                new LinearScale(xLow, xHigh > xLow ? xHigh : xLow + 1, LEFT, RIGHT),
                new LinearScale(yLow, yHigh > yLow ? yHigh : yLow + 1, top + PLOT, top));
    }

    /** Of a chart whose area begins at {@code top}. */
    static double height(double top) {
        return top + PLOT + BELOW;
    }

    static String colour(int index) {
        return "s" + index % COLOURS;
    }

    static String number(double value) {
        return FigureText.format("%.1f", value);
    }

    Markup svg() {
        return svg;
    }

    LinearScale across() {
        return across;
    }

    LinearScale up() {
        return up;
    }

    double top() {
        return top;
    }

    double bottom() {
        return top + PLOT;
    }

    double x(double value) {
        return across.at(value);
    }

    double y(double value) {
        return up.within(value);
    }

    /** A place as paths name it. */
    String at(double x, double y) {
        return FigureText.format("%.1f %.1f", x(x), y(y));
    }

    /** A line between two places in pixels. */
    void stroke(String kind, double x1, double y1, double x2, double y2) {
        svg.empty("line", "class", kind, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
    }
}
