package org.rtda.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What stands beside figures: n, the constant answer's score and assumptions. What all figures of a column have in common is said
 * once, below the column, so that a table of many rows can be read.
 */
final class SharedRemarks {
    /** Of one figure. */
    private static final List<Function<ReportFigure, String>> REMARKS =
            List.of(SharedRemarks::images, SharedRemarks::constant, ReportFigure::assumption);

    private static final int FEWEST_ROWS = 2;

    /** For each column, for each remark: what all its figures share, or null. */
    private final List<List<String>> shared = new ArrayList<>();

    SharedRemarks(Table table) {
        for (int column = 0; column < table.head().size(); column++) {
            int at = column;
            List<ReportFigure> figures = table.rows().stream()
                    .map(row -> row.cells().get(at).figure())
                    .filter(figure -> figure != null && figure.value() != null)
                    .toList();
            List<String> ofColumn = new ArrayList<>();
            REMARKS.forEach(remark -> ofColumn.add(common(figures, remark)));
            shared.add(ofColumn);
        }
    }

    private static String common(List<ReportFigure> figures, Function<ReportFigure, String> remark) {
        if (figures.size() < FEWEST_ROWS) {
            return null;
        }
        List<String> said = figures.stream().map(remark).distinct().toList();
        return said.size() == 1 ? said.get(0) : null;
    }

    /** Whether a row below the columns has anything to say. */
    boolean any() {
        return shared.stream().flatMap(List::stream).anyMatch(Objects::nonNull);
    }

    /** Of all figures of a column; empty where they share nothing. */
    String below(int column) {
        return String.join(
                ", ", shared.get(column).stream().filter(Objects::nonNull).toList());
    }

    /** What is said beside a figure and not below its column. */
    String beside(int column, ReportFigure figure) {
        List<String> remarks = new ArrayList<>();
        for (int i = 0; i < REMARKS.size(); i++) {
            String remark = REMARKS.get(i).apply(figure);
            if (remark != null && shared.get(column).get(i) == null) {
                remarks.add(remark);
            }
        }
        return String.join(", ", remarks);
    }

    private static String images(ReportFigure figure) {
        if (figure.n() == null) {
            return null;
        }
        return (figure.of() == null ? "n " : figure.of() + " ")
                + figure.n()
                + (figure.drawnFrom() == null ? "" : " of " + figure.drawnFrom() + ", drawn by class");
    }

    private static String constant(ReportFigure figure) {
        return figure.constant() == null ? null : FigureText.format("constant %.3f", figure.constant());
    }
}
