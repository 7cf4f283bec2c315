package org.rtda.report;

import java.util.ArrayList;
import java.util.List;

/** The title of a chart, in as many lines as it needs: a picture does not break lines by itself. */
final class ChartTitle {
    private static final double LINE = 18;
    /** Width of a letter of the title, on the wide side. */
    private static final double LETTER = 7.6;

    private static final int MOST_LETTERS = (int) ((ChartArea.RIGHT - ChartArea.LEFT) / LETTER);

    private final List<String> lines;

    private ChartTitle(List<String> lines) {
        this.lines = lines;
    }

    /** Broken between words; a word that is longer than a line is broken, too. */
    static ChartTitle of(String title) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : title.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > MOST_LETTERS) {
                lines.add(line);
                line = "";
            }
            line = line.isEmpty() ? word : line + " " + word;
            while (line.length() > MOST_LETTERS) {
                lines.add(line.substring(0, MOST_LETTERS));
                line = line.substring(MOST_LETTERS);
            }
        }
        lines.add(line);
        return new ChartTitle(List.copyOf(lines));
    }

    /** In pixels, from the top of the chart. */
    double height() {
        return lines.size() * LINE;
    }

    List<String> lines() {
        return lines;
    }

    void draw(Markup svg) {
        for (int i = 0; i < lines.size(); i++) {
            svg.element(
                    "text",
                    lines.get(i),
                    "class",
                    "title",
                    "x",
                    ChartArea.number(ChartArea.LEFT),
                    "y",
                    ChartArea.number(LINE * i + 16));
        }
    }
}
