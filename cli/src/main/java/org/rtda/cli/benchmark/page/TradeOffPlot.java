package org.rtda.cli.benchmark.page;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;

/**
 * Panels of points side by side, each axis over the tenths that hold its points, a colour and a shape for each method; a picture of its own, without a
 * style sheet, that papers and pages take as it is.
 */
final class TradeOffPlot {
    private static final double SIDE = 300;
    private static final double LEFT = 60;
    private static final double TOP = 40;
    private static final double GAP = 80;
    private static final double BOTTOM = 60;
    private static final double LEGEND_LINE = 18;

    /** Okabe and Ito's colours, which people with colour blindness can tell apart. */
    private static final List<String> COLOURS =
            List.of("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000");

    private final String title;
    private final List<Panel> panels = new ArrayList<>();
    private final Map<String, String> marks = new LinkedHashMap<>();

    TradeOffPlot(String title) {
        this.title = title;
    }

    /** @param x in [0,1], like y */
    record Point(String method, long seed, double x, double y) {}

    record Panel(String xLabel, String yLabel, List<Point> points) {}

    /** Tenths from {@code first} to {@code last}. */
    record Axis(int first, int last) {
        private static final int FEWEST = 2;
        private static final int MOST_TICKS = 5;

        /** Over all values, with room for a mark beside the outermost, within [0,1]. */
        static Axis of(DoubleStream values) {
            DoubleSummaryStatistics range = values.summaryStatistics();
            int first = Math.max(0, (int) Math.floor(10 * range.getMin() - 0.2));
            int last = Math.min(10, (int) Math.ceil(10 * range.getMax() + 0.2));
            first = Math.max(0, Math.min(first, last - FEWEST));
            return new Axis(first, Math.max(last, first + FEWEST));
        }

        double share(double value) {
            return (10 * value - first) / (last - first);
        }

        List<Double> ticks() {
            int stride = last - first > MOST_TICKS ? 2 : 1;
            return IntStream.iterate(first, tenth -> tenth <= last, tenth -> tenth + stride)
                    .mapToObj(tenth -> tenth / 10.0)
                    .toList();
        }
    }

    TradeOffPlot add(String xLabel, String yLabel, List<Point> points) {
        panels.add(new Panel(xLabel, yLabel, List.copyOf(points)));
        for (Point point : points) {
            marks.putIfAbsent(point.method(), COLOURS.get(marks.size() % COLOURS.size()));
        }
        return this;
    }

    List<Panel> panels() {
        return List.copyOf(panels);
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }

    String render() {
        double width = LEFT + panels.size() * (SIDE + GAP);
        double height = TOP + SIDE + BOTTOM + marks.size() * LEGEND_LINE;
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" "
                        + "font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
                width, height, width, height));
        svg.append(format("<text x=\"%.0f\" y=\"20\" font-size=\"14\">%s</text>\n", LEFT, escape(title)));
        for (int i = 0; i < panels.size(); i++) {
            draw(svg, panels.get(i), LEFT + i * (SIDE + GAP));
        }
        double y = TOP + SIDE + BOTTOM;
        for (Map.Entry<String, String> mark : marks.entrySet()) {
            draw(svg, mark.getKey(), LEFT + 6, y - 4, "");
            svg.append(format("<text x=\"%.0f\" y=\"%.0f\">%s</text>\n", LEFT + 18, y, escape(mark.getKey())));
            y += LEGEND_LINE;
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(StringBuilder svg, Panel panel, double left) {
        if (panel.points().isEmpty()) {
            return;
        }
        Axis across = Axis.of(panel.points().stream().mapToDouble(Point::x));
        Axis up = Axis.of(panel.points().stream().mapToDouble(Point::y));
        for (double tick : across.ticks()) {
            double x = left + across.share(tick) * SIDE;
            svg.append(line(x, TOP, x, TOP + SIDE));
            svg.append(format(
                    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.1f</text>\n", x, TOP + SIDE + 16, tick));
        }
        for (double tick : up.ticks()) {
            double y = TOP + (1 - up.share(tick)) * SIDE;
            svg.append(line(left, y, left + SIDE, y));
            svg.append(format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>\n", left - 6, y + 4, tick));
        }
        svg.append(format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n",
                left + SIDE / 2, TOP + SIDE + 34, escape(panel.xLabel())));
        svg.append(format(
                "<text transform=\"translate(%.1f %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
                left - 36, TOP + SIDE / 2, escape(panel.yLabel())));
        for (Point point : panel.points()) {
            draw(
                    svg,
                    point.method(),
                    left + across.share(point.x()) * SIDE,
                    TOP + (1 - up.share(point.y())) * SIDE,
                    format("%s seed %d: %.3f, %.3f", point.method(), point.seed(), point.x(), point.y()));
        }
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n", x1, y1, x2, y2);
    }

    /** The proposed method is a square, so that it is found without its colour. */
    private void draw(StringBuilder svg, String method, double x, double y, String said) {
        String look = format("fill=\"%s\" fill-opacity=\"0.8\"", marks.get(method));
        String shape = method.equals(BenchmarkGrid.PROPOSED)
                ? format("<rect x=\"%.1f\" y=\"%.1f\" width=\"10\" height=\"10\" %s>", x - 5, y - 5, look)
                : format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" %s>", x, y, look);
        svg.append(shape)
                .append(said.isEmpty() ? "" : "<title>" + escape(said) + "</title>")
                .append(shape.startsWith("<rect") ? "</rect>\n" : "</circle>\n");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
