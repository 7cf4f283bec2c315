package org.rtda.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rtda.report.Chart.Point;
import org.rtda.report.Chart.Series;
import org.rtda.report.Chart.Style;

/** Draws a chart as inline SVG; colours come from the page's classes {@code s0}, {@code s1}, ... */
final class SvgChart {
    private static final double WIDTH = 640;
    private static final double PLOT = 230;
    private static final double LEFT = 56;
    private static final double RIGHT = 20;
    private static final double BOTTOM = 46;
    private static final double LEGEND_LINE = 18;
    /** Of a letter of the legend, on the wide side. */
    private static final double LETTER = 6.6;

    private static final double KEY = 24;
    private static final int COLOURS = 7;
    private static final int MOST_POINTS = 400;
    private static final int TICKS = 6;

    private final Chart chart;
    private final List<Series> series;
    private final List<double[]> legend = new ArrayList<>();
    private final double top;
    private final Axes axes;
    private final Markup svg = new Markup();

    private SvgChart(Chart chart) {
        this.chart = chart;
        this.series = chart.series().stream()
                .filter(s -> !s.points().isEmpty())
                .map(SvgChart::thinned)
                .toList();
        this.top = 26 + LEGEND_LINE * placeLegend();
        this.axes = axes();
    }

    static String render(Chart chart) {
        if (chart.drawsNothing()) {
            return "";
        }
        return new SvgChart(chart).draw();
    }

    /**
     * As a file of its own.
     *
     * @param style rules for the chart's classes
     */
    static String file(Chart chart, String style) {
        String inline = render(chart);
        int content = inline.indexOf('>') + 1;
        return new Markup()
                .trusted(inline.substring(0, content)
                        .replaceFirst(
                                "^<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\" "))
                .element("style", style)
                .empty("rect", "width", "100%", "height", "100%", "fill", "#fff")
                .trusted(inline.substring(content))
                .line()
                .toString();
    }

    /** With every k-th point. */
    private static Series thinned(Series series) {
        int every = Math.max(1, (series.points().size() + MOST_POINTS - 1) / MOST_POINTS);
        List<Point> kept = new ArrayList<>();
        for (int i = 0; i < series.points().size(); i++) {
            if (i % every == 0 || i == series.points().size() - 1) {
                kept.add(series.points().get(i));
            }
        }
        return new Series(series.name(), series.style(), kept);
    }

    private int placeLegend() {
        double x = LEFT;
        int line = 0;
        for (Series each : series) {
            double width = KEY + LETTER * each.name().length() + 14;
            if (x > LEFT && x + width > WIDTH) {
                x = LEFT;
                line++;
            }
            legend.add(new double[] {x, 36 + LEGEND_LINE * line});
            x += width;
        }
        return line + 1;
    }

    private Axes axes() {
        List<Point> all = series.stream().flatMap(s -> s.points().stream()).toList();
        double xLow = all.stream().mapToDouble(Point::x).min().orElseThrow();
        double xHigh = all.stream().mapToDouble(Point::x).max().orElseThrow();
        double yLow = chart.low() != null
                ? chart.low()
                : Math.min(0, all.stream().mapToDouble(Point::y).min().orElseThrow());
        double yHigh = chart.high() != null
                ? chart.high()
                : all.stream().mapToDouble(Point::y).max().orElseThrow();
        return new Axes(xLow, xHigh > xLow ? xHigh : xLow + 1, yLow, yHigh > yLow ? yHigh : yLow + 1);
    }

    private String draw() {
        double height = top + PLOT + BOTTOM;
        svg.open(
                "svg",
                "viewBox",
                Markup.format("0 0 %.0f %.0f", WIDTH, height),
                "role",
                "img",
                "aria-label",
                chart.title(),
                "class",
                "chart");
        svg.element("text", chart.title(), "class", "title", "x", number(LEFT), "y", "16");
        grid();
        for (int i = 0; i < series.size(); i++) {
            band(series.get(i), colour(i));
        }
        for (int i = 0; i < series.size(); i++) {
            line(series.get(i), colour(i));
            marks(series.get(i), i);
            key(series.get(i), i);
        }
        return svg.close("svg").toString();
    }

    private void grid() {
        for (double y : ticks(axes.yLow, axes.yHigh)) {
            stroke("grid", LEFT, axes.y(y), WIDTH - RIGHT, axes.y(y));
            label(tick(y), "end", LEFT - 6, axes.y(y) + 4);
        }
        for (double x : ticks(axes.xLow, axes.xHigh)) {
            stroke("grid", axes.x(x), top + PLOT, axes.x(x), top + PLOT + 4);
            label(tick(x), "middle", axes.x(x), top + PLOT + 18);
        }
        label(chart.xLabel(), "middle", (LEFT + WIDTH - RIGHT) / 2, top + PLOT + 38);
        svg.element(
                "text",
                chart.yLabel(),
                "class",
                "tick",
                "text-anchor",
                "middle",
                "transform",
                Markup.format("translate(14 %.1f) rotate(-90)", top + PLOT / 2));
    }

    private void band(Series each, String colour) {
        List<Point> bounded = each.points().stream().filter(Point::hasInterval).toList();
        if (each.style() != Style.LINE || bounded.size() < 2) {
            return;
        }
        StringBuilder path = new StringBuilder();
        for (Point point : bounded) {
            path.append(path.isEmpty() ? "M" : "L").append(at(point.x(), point.high()));
        }
        for (int i = bounded.size() - 1; i >= 0; i--) {
            path.append('L').append(at(bounded.get(i).x(), bounded.get(i).low()));
        }
        svg.empty("path", "class", "band " + colour, "d", path + "Z");
    }

    private void line(Series each, String colour) {
        if (each.style() == Style.MARKS || each.points().size() < 2) {
            return;
        }
        StringBuilder path = new StringBuilder();
        for (Point point : each.points()) {
            path.append(path.isEmpty() ? "M" : "L").append(at(point.x(), point.y()));
        }
        svg.empty("path", "class", (each.style() == Style.REFERENCE ? "reference " : "line ") + colour, "d", path + "");
    }

    private void marks(Series each, int index) {
        boolean bare = each.points().stream()
                .noneMatch(p -> p.hasInterval() || !p.flags().isEmpty());
        if (each.style() == Style.REFERENCE
                || each.style() == Style.LINE && bare && each.points().size() > 1) {
            return;
        }
        for (Point point : each.points()) {
            if (point.hasInterval()) {
                stroke(
                        "bar " + colour(index),
                        axes.x(point.x()),
                        axes.y(point.low()),
                        axes.x(point.x()),
                        axes.y(point.high()));
            }
            String flags = point.flags().stream().map(Flag::id).collect(Collectors.joining(" "));
            String said = each.name() + " at " + tick(point.x()) + ": " + Markup.format("%.3f", point.y())
                    + (point.hasInterval() ? Markup.format(" [%.3f, %.3f]", point.low(), point.high()) : "")
                    + (flags.isEmpty() ? "" : ", flagged " + flags);
            svg.open(
                    "path",
                    "class",
                    (flags.isEmpty() ? "dot " : "dot flagged ") + colour(index),
                    "d",
                    shape(index, axes.x(point.x()), axes.y(point.y())));
            svg.element("title", said).close("path");
            if (!flags.isEmpty()) {
                svg.element(
                        "text",
                        "⚑" + flags,
                        "class",
                        "flagtext",
                        "text-anchor",
                        axes.x(point.x()) > WIDTH - 60 ? "end" : "start",
                        "x",
                        number(axes.x(point.x()) + (axes.x(point.x()) > WIDTH - 60 ? -6 : 6)),
                        "y",
                        number(axes.y(point.y()) - 5));
            }
        }
    }

    /** Series differ in shape too, so that they are told apart without colours. */
    private static String shape(int index, double x, double y) {
        return switch (index % 4) {
            case 0 -> Markup.format("M%.1f %.1fa3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z", x - 3.5, y);
            case 1 -> Markup.format("M%.1f %.1fh6.4v6.4h-6.4Z", x - 3.2, y - 3.2);
            case 2 -> Markup.format("M%.1f %.1fl4.2 7h-8.4Z", x, y - 4.4);
            default -> Markup.format("M%.1f %.1fl4.4 4.4l-4.4 4.4l-4.4 -4.4Z", x, y - 4.4);
        };
    }

    private void key(Series each, int index) {
        double x = legend.get(index)[0];
        double y = legend.get(index)[1];
        if (each.style() != Style.MARKS) {
            String kind = each.style() == Style.REFERENCE ? "reference " : "line ";
            svg.empty("path", "class", kind + colour(index), "d", Markup.format("M%.1f %.1fh18", x, y - 4));
        }
        if (each.style() != Style.REFERENCE) {
            svg.empty("path", "class", "dot " + colour(index), "d", shape(index, x + 9, y - 4));
        }
        svg.element("text", each.name(), "class", "key", "x", number(x + KEY), "y", number(y));
    }

    private void stroke(String kind, double x1, double y1, double x2, double y2) {
        svg.empty("line", "class", kind, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
    }

    private void label(String text, String anchor, double x, double y) {
        svg.element("text", text, "class", "tick", "text-anchor", anchor, "x", number(x), "y", number(y));
    }

    private String at(double x, double y) {
        return Markup.format("%.1f %.1f", axes.x(x), axes.y(y));
    }

    private static String colour(int index) {
        return "s" + index % COLOURS;
    }

    private static String number(double value) {
        return Markup.format("%.1f", value);
    }

    /** Round numbers within the ends. */
    static List<Double> ticks(double low, double high) {
        double rough = (high - low) / TICKS;
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        double step =
                magnitude * (rough / magnitude <= 1 ? 1 : rough / magnitude <= 2 ? 2 : rough / magnitude <= 5 ? 5 : 10);
        List<Double> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
            ticks.add(k * step);
        }
        return ticks;
    }

    /** To four digits. */
    static String tick(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private final class Axes {
        private final double xLow;
        private final double xHigh;
        private final double yLow;
        private final double yHigh;

        Axes(double xLow, double xHigh, double yLow, double yHigh) {
            this.xLow = xLow;
            this.xHigh = xHigh;
            this.yLow = yLow;
            this.yHigh = yHigh;
        }

        double x(double value) {
            return LEFT + (value - xLow) / (xHigh - xLow) * (WIDTH - LEFT - RIGHT);
        }

        double y(double value) {
            double inside = Math.max(yLow, Math.min(yHigh, value));
            return top + (1 - (inside - yLow) / (yHigh - yLow)) * PLOT;
        }
    }
}
