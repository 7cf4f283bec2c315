package org.rtda.report;

import java.util.stream.Collectors;
import org.rtda.report.Chart.Point;
import org.rtda.report.Chart.Series;
import org.rtda.report.Chart.Style;

/** The marks of a series' points, with their intervals, their flags and what they say. */
final class ChartMarks {
    /** Pixels from the right end within which a flag stands to the left of its mark. */
    private static final double NEAR_END = 40;

    private final ChartArea area;

    ChartMarks(ChartArea area) {
        this.area = area;
    }

    /** None of a reference, nor of a line whose points have neither intervals nor flags. */
    void draw(Series each, int index) {
        boolean bare = each.points().stream()
                .noneMatch(p -> p.hasInterval() || !p.flags().isEmpty());
        if (each.style() == Style.REFERENCE
                || each.style() == Style.LINE && bare && each.points().size() > 1) {
            return;
        }
        for (Point point : each.points()) {
            draw(each.name(), point, index);
        }
    }

    private void draw(String series, Point point, int index) {
        double x = area.x(point.x());
        if (point.hasInterval()) {
            area.stroke("bar " + ChartArea.colour(index), x, area.y(point.low()), x, area.y(point.high()));
        }
        String flags = point.flags().stream().map(Flag::id).collect(Collectors.joining(" "));
        String said = series + " at " + LinearScale.label(point.x()) + ": " + FigureText.format("%.3f", point.y())
                + (point.hasInterval() ? FigureText.format(" [%.3f, %.3f]", point.low(), point.high()) : "")
                + (flags.isEmpty() ? "" : ", flagged " + flags);
        area.svg()
                .open(
                        "path",
                        "class",
                        (flags.isEmpty() ? "dot " : "dot flagged ") + ChartArea.colour(index),
                        "d",
                        shape(index, x, area.y(point.y())))
                .element("title", said)
                .close("path");
        if (!flags.isEmpty()) {
            boolean left = x > ChartArea.RIGHT - NEAR_END;
            area.svg()
                    .element(
                            "text",
                            "⚑" + flags,
                            "class",
                            "flagtext",
                            "text-anchor",
                            left ? "end" : "start",
                            "x",
                            ChartArea.number(x + (left ? -6 : 6)),
                            "y",
                            ChartArea.number(area.y(point.y()) - 5));
        }
    }

    /** Series differ in shape too, so that they are told apart without colours. */
    static String shape(int index, double x, double y) {
        return switch (index % 4) {
            case 0 -> FigureText.format("M%.1f %.1fa3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z", x - 3.5, y);
            case 1 -> FigureText.format("M%.1f %.1fh6.4v6.4h-6.4Z", x - 3.2, y - 3.2);
            case 2 -> FigureText.format("M%.1f %.1fl4.2 7h-8.4Z", x, y - 4.4);
            default -> FigureText.format("M%.1f %.1fl4.4 4.4l-4.4 4.4l-4.4 -4.4Z", x, y - 4.4);
        };
    }
}
