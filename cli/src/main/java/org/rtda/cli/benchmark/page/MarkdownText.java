package org.rtda.cli.benchmark.page;

import java.util.Collections;
import java.util.List;

/** Builds a page in Markdown. */
final class MarkdownText {
    private final StringBuilder text = new StringBuilder();

    void paragraph(String sentences) {
        text.append(sentences).append("\n\n");
    }

    void row(List<String> cells) {
        text.append("| ");
        text.append(String.join(
                " | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList()));
        text.append(" |\n");
    }

    /** Under the head of a table. */
    void rule(int columns) {
        text.append("|")
                .append(String.join("|", Collections.nCopies(columns, "---")))
                .append("|\n");
    }

    /** Ends a table. */
    void blank() {
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
