package org.rtda.report;

import java.util.ArrayList;
import java.util.List;
import org.rtda.report.Chart.Series;
import org.rtda.report.Chart.Style;

/** The names of the series above the chart, each beside its line and mark, in as many lines as they need. */
final class ChartLegend {
    private static final double LINE = 18;
    /** Below the title. */
    private static final double FIRST_LINE = 18;

    private static final double GAP = 14;
    /** Width of a line and its mark. */
    private static final double KEY = 24;
    /** Width of a letter, on the wide side. */
    private static final double LETTER = 6.6;

    private record Place(double x, double y) {}

    private final List<Series> series;
    private final List<Place> places = new ArrayList<>();

    /** @param top where the title ends, in pixels */
    ChartLegend(List<Series> series, double top) {
        this.series = series;
        double x = ChartArea.LEFT;
        double y = top + FIRST_LINE;
        for (Series each : series) {
            double width = KEY + LETTER * each.name().length() + GAP;
            if (x > ChartArea.LEFT && x + width > ChartArea.WIDTH) {
                x = ChartArea.LEFT;
                y += LINE;
            }
            places.add(new Place(x, y));
            x += width;
        }
    }

    /** Where the area of the chart may begin. */
    double bottom() {
        return places.get(places.size() - 1).y() + LINE / 2 - 1;
    }

    void draw(int index, Markup svg) {
        Series each = series.get(index);
        Place place = places.get(index);
        String colour = ChartArea.colour(index);
        if (each.style() != Style.MARKS) {
            String kind = each.style() == Style.REFERENCE ? "reference " : "line ";
            svg.empty(
                    "path", "class", kind + colour, "d", FigureText.format("M%.1f %.1fh18", place.x(), place.y() - 4));
        }
        if (each.style() != Style.REFERENCE) {
            svg.empty("path", "class", "dot " + colour, "d", ChartMarks.shape(index, place.x() + 9, place.y() - 4));
        }
        svg.element(
                "text",
                each.name(),
                "class",
                "key",
                "x",
                ChartArea.number(place.x() + KEY),
                "y",
                ChartArea.number(place.y()));
    }
}
