package org.rtda.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.report.Chart.Point;
import org.rtda.report.Chart.Series;

/** Draws charts as SVG: in a page, or as a file of their own. */
final class SvgChart {
    private static final int MOST_POINTS = 400;

    private final Chart chart;
    private final List<Series> series;
    private final ChartTitle title;
    private final ChartLegend legend;
    private final double height;

    /** @param chart that draws something */
    private SvgChart(Chart chart) {
        this.chart = chart;
        this.series = chart.series().stream()
                .filter(s -> !s.points().isEmpty())
                .map(SvgChart::thinned)
                .toList();
        this.title = ChartTitle.of(chart.title());
        this.legend = new ChartLegend(series, title.height());
        this.height = ChartArea.height(legend.bottom());
    }

    /** As a part of a page; empty where the chart draws nothing. */
    static String render(Chart chart) {
        if (chart.drawsNothing()) {
            return "";
        }
        Markup svg = new Markup();
        new SvgChart(chart).draw(svg);
        return svg.toString();
    }

    /**
     * As a file of its own, side by side.
     *
     * @param charts at least one that draws something; others are left out
     * @param style rules for the charts' classes
     */
    static String file(List<Chart> charts, String style) {
        List<SvgChart> drawn = charts.stream()
                .filter(chart -> !chart.drawsNothing())
                .map(SvgChart::new)
                .toList();
        double height = drawn.stream().mapToDouble(each -> each.height).max().orElseThrow();
        Markup file = new Markup();
        file.open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "font-family",
                        "sans-serif",
                        "class",
                        "chart",
                        "viewBox",
                        FigureText.format("0 0 %.0f %.0f", drawn.size() * ChartArea.WIDTH, height))
                .element("style", style)
                .empty("rect", "width", "100%", "height", "100%", "fill", "#fff");
        for (int i = 0; i < drawn.size(); i++) {
            file.open("g", "transform", FigureText.format("translate(%.0f 0)", i * ChartArea.WIDTH));
            drawn.get(i).drawContent(file);
            file.close("g");
        }
        return file.close("svg").line().toString();
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

    private void draw(Markup svg) {
        svg.open(
                "svg",
                "viewBox",
                FigureText.format("0 0 %.0f %.0f", ChartArea.WIDTH, height),
                "role",
                "img",
                "aria-label",
                ChartWords.of(chart.title(), series),
                "class",
                "chart");
        drawContent(svg);
        svg.close("svg");
    }

    private void drawContent(Markup svg) {
        ChartArea area = ChartArea.of(chart, series, legend.bottom(), svg);
        title.draw(svg);
        new ChartAxes(area).draw(chart.xLabel(), chart.yLabel());
        ChartLines lines = new ChartLines(area);
        for (int i = 0; i < series.size(); i++) {
            lines.band(series.get(i), ChartArea.colour(i));
        }
        ChartMarks marks = new ChartMarks(area);
        for (int i = 0; i < series.size(); i++) {
            lines.line(series.get(i), ChartArea.colour(i));
            marks.draw(series.get(i), i);
            legend.draw(i, svg);
        }
    }
}
