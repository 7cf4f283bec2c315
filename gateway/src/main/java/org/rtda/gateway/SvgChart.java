package org.rtda.gateway;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line chart as inline SVG; colours come from the page's classes {@code s0}, {@code s1}, ... All texts are escaped. */
final class SvgChart {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 300;
    private static final double LEFT = 56;
    private static final double RIGHT = 16;
    private static final double TOP = 34;
    private static final double BOTTOM = 48;
    private static final int MOST_POINTS = 400;

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Series> series = new ArrayList<>();
    private double yLowest = Double.NaN;
    private double yHighest = Double.NaN;

    SvgChart(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /** Fixes the vertical axis; without it the axis follows the data. */
    SvgChart between(double lowest, double highest) {
        yLowest = lowest;
        yHighest = highest;
        return this;
    }

    /** Points by rising x. Long series are drawn with every k-th point. */
    SvgChart add(String name, List<Point> points) {
        int every = Math.max(1, (points.size() + MOST_POINTS - 1) / MOST_POINTS);
        List<Point> drawn = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (i % every == 0 || i == points.size() - 1) {
                drawn.add(points.get(i));
            }
        }
        if (!drawn.isEmpty()) {
            series.add(new Series(name, drawn));
        }
        return this;
    }

    /** Empty when there is nothing to draw. */
    String render() {
        if (series.isEmpty()) {
            return "";
        }
        List<Point> all = series.stream().flatMap(s -> s.points.stream()).toList();
        double xLow = all.stream().mapToDouble(Point::x).min().orElseThrow();
        double xHigh = all.stream().mapToDouble(Point::x).max().orElseThrow();
        double yLow = Double.isNaN(yLowest)
                ? Math.min(0, all.stream().mapToDouble(Point::low).min().orElseThrow())
                : yLowest;
        double yHigh = Double.isNaN(yHighest)
                ? all.stream().mapToDouble(Point::high).max().orElseThrow()
                : yHighest;
        Axes axes = new Axes(xLow, xHigh > xLow ? xHigh : xLow + 1, yLow, yHigh > yLow ? yHigh : yLow + 1);
        StringBuilder svg = new StringBuilder();
        svg.append(format(
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\" class=\"chart\">",
                WIDTH, HEIGHT, escape(title)));
        drawAxes(svg, axes);
        svg.append(format("<text x=\"%.1f\" y=\"16\">", LEFT));
        for (int i = 0; i < series.size(); i++) {
            svg.append(format(
                    "<tspan class=\"key s%d\" dx=\"%d\">%s</tspan>",
                    i % 6, i == 0 ? 0 : 16, escape(series.get(i).name)));
        }
        svg.append("</text>");
        for (int i = 0; i < series.size(); i++) {
            draw(svg, axes, series.get(i), i);
        }
        return svg.append("</svg>").toString();
    }

    private void drawAxes(StringBuilder svg, Axes axes) {
        for (int i = 0; i <= 5; i++) {
            double y = axes.yLow + (axes.yHigh - axes.yLow) * i / 5;
            double x = axes.xLow + (axes.xHigh - axes.xLow) * i / 5;
            svg.append(format(
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT, WIDTH - RIGHT, axes.y(y), axes.y(y)));
            svg.append(format(
                    "<text class=\"tick\" text-anchor=\"end\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                    LEFT - 6, axes.y(y) + 4, tick(y)));
            svg.append(format(
                    "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                    axes.x(x), HEIGHT - BOTTOM + 16, tick(x)));
        }
        svg.append(format(
                "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 34, escape(xLabel)));
        svg.append(format(
                "<text class=\"tick\" text-anchor=\"middle\" transform=\"translate(12 %.1f) rotate(-90)\">%s</text>",
                (TOP + HEIGHT - BOTTOM) / 2, escape(yLabel)));
    }

    private static void draw(StringBuilder svg, Axes axes, Series series, int index) {
        StringBuilder path = new StringBuilder();
        for (Point point : series.points) {
            path.append(format("%s%.1f %.1f", path.isEmpty() ? "M" : "L", axes.x(point.x), axes.y(point.y)));
            if (point.high > point.low) {
                svg.append(format(
                        "<line class=\"bar s%d\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                        index % 6, axes.x(point.x), axes.x(point.x), axes.y(point.low), axes.y(point.high)));
                svg.append(format(
                        "<circle class=\"dot s%d\" r=\"3\" cx=\"%.1f\" cy=\"%.1f\"><title>%s</title></circle>",
                        index % 6,
                        axes.x(point.x),
                        axes.y(point.y),
                        escape(format(
                                "%s at %s: %.3f [%.3f, %.3f]",
                                series.name, tick(point.x), point.y, point.low, point.high))));
            }
        }
        svg.append(format("<path class=\"line s%d\" d=\"%s\"/>", index % 6, path));
    }

    /** To four digits. */
    static String tick(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** @param low lower end of its interval, y where it has none */
    record Point(double x, double y, double low, double high) {
        static Point bare(double x, double y) {
            return new Point(x, y, y, y);
        }
    }

    private record Series(String name, List<Point> points) {}

    private record Axes(double xLow, double xHigh, double yLow, double yHigh) {
        double x(double value) {
            return LEFT + (value - xLow) / (xHigh - xLow) * (WIDTH - LEFT - RIGHT);
        }

        double y(double value) {
            double inside = Math.max(yLow, Math.min(yHigh, value));
            return HEIGHT - BOTTOM - (inside - yLow) / (yHigh - yLow) * (HEIGHT - TOP - BOTTOM);
        }
    }
}
