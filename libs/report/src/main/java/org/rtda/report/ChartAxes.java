package org.rtda.report;

/** The axes of a chart: level lines, ticks, their labels and what the axes show. */
final class ChartAxes {
    private final ChartArea area;

    ChartAxes(ChartArea area) {
        this.area = area;
    }

    void draw(String xLabel, String yLabel) {
        for (double y : area.up().ticks()) {
            area.stroke("grid", ChartArea.LEFT, area.y(y), ChartArea.RIGHT, area.y(y));
            label(LinearScale.label(y), "end", ChartArea.LEFT - 6, area.y(y) + 4);
        }
        for (double x : area.across().ticks()) {
            area.stroke("grid", area.x(x), area.bottom(), area.x(x), area.bottom() + 4);
            label(LinearScale.label(x), "middle", area.x(x), area.bottom() + 18);
        }
        label(xLabel, "middle", (ChartArea.LEFT + ChartArea.RIGHT) / 2, area.bottom() + 38);
        area.svg()
                .element(
                        "text",
                        yLabel,
                        "class",
                        "tick",
                        "text-anchor",
                        "middle",
                        "transform",
                        FigureText.format("translate(14 %.1f) rotate(-90)", (area.top() + area.bottom()) / 2));
    }

    private void label(String text, String anchor, double x, double y) {
        area.svg()
                .element(
                        "text",
                        text,
                        "class",
                        "tick",
                        "text-anchor",
                        anchor,
                        "x",
                        ChartArea.number(x),
                        "y",
                        ChartArea.number(y));
    }
}
