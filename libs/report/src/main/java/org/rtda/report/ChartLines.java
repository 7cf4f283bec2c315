package org.rtda.report;

import java.util.List;
import org.rtda.report.Chart.Point;
import org.rtda.report.Chart.Series;
import org.rtda.report.Chart.Style;

/** What joins the points of a series: its line, and the band of its intervals. */
final class ChartLines {
    private final ChartArea area;

    ChartLines(ChartArea area) {
        this.area = area;
    }

    /** Where at least two points have intervals. */
    void band(Series each, String colour) {
        List<Point> bounded = each.points().stream().filter(Point::hasInterval).toList();
        if (each.style() != Style.LINE || bounded.size() < 2) {
            return;
        }
        StringBuilder path = new StringBuilder();
        for (Point point : bounded) {
            path.append(path.isEmpty() ? "M" : "L").append(area.at(point.x(), point.high()));
        }
        for (int i = bounded.size() - 1; i >= 0; i--) {
            path.append('L').append(area.at(bounded.get(i).x(), bounded.get(i).low()));
        }
        area.svg().empty("path", "class", "band " + colour, "d", path + "Z");
    }

    void line(Series each, String colour) {
        if (each.style() == Style.MARKS || each.points().size() < 2) {
            return;
        }
        StringBuilder path = new StringBuilder();
        for (Point point : each.points()) {
            path.append(path.isEmpty() ? "M" : "L").append(area.at(point.x(), point.y()));
        }
        String kind = each.style() == Style.REFERENCE ? "reference " : "line ";
        area.svg().empty("path", "class", kind + colour, "d", path + "");
    }
}
