package org.rtda.report;

import java.util.List;
import java.util.stream.Collectors;
import org.rtda.report.Chart.Point;
import org.rtda.report.Chart.Series;
import org.rtda.report.Chart.Style;

/** What a chart shows, for those who do not see it: its title, and where each series begins and ends. */
final class ChartWords {
    private ChartWords() {}

    /** @param series each with a point */
    static String of(String title, List<Series> series) {
        return title + ". " + series.stream().map(ChartWords::of).collect(Collectors.joining("; ")) + ".";
    }

    private static String of(Series each) {
        Point first = each.points().get(0);
        Point last = each.points().get(each.points().size() - 1);
        String from = each.name() + ": " + FigureText.format("%.3f", first.y());
        if (each.style() == Style.REFERENCE && first.y() == last.y()) {
            return from + " throughout";
        }
        return from + " at " + LinearScale.label(first.x())
                + (first == last ? "" : FigureText.format(" to %.3f", last.y()) + " at " + LinearScale.label(last.x()));
    }
}
