package org.rtda.gateway.report;

import java.util.List;
import org.rtda.contracts.FigureNames;
import org.rtda.gateway.report.figures.FigureTable;
import org.rtda.report.Flag;
import org.rtda.report.ReportFigure;
import org.rtda.report.TableCell;

/**
 * A row of the first page's table. Its sentences take their figures from here, so that no figure is worked out twice.
 *
 * @param images what was done to them, in words
 * @param condition label of the condition, or how many there are
 * @param cells one for each of {@link FigureTable#USUAL}
 */
record FrontRow(Kind kind, String images, String condition, List<TableCell> cells) {
    enum Kind {
        CLEAN,
        ATTACKED,
        WORST_CASE,
        /** The mean over all that training does not use. */
        CORRUPTED,
        WORST_CORRUPTION,
        SHIFT,
        SUBGROUP
    }

    FrontRow {
        cells = List.copyOf(cells);
    }

    /** Balanced accuracy: on unbalanced classes plain accuracy rewards a constant answer. */
    TableCell headline() {
        return cells.get(FigureTable.USUAL.indexOf(FigureNames.BALANCED_ACCURACY));
    }

    boolean isMeasured() {
        return headline().figure().value() != null;
    }

    double value() {
        return headline().figure().value();
    }

    /** For example {@code 0.712 [0.674, 0.748], n 624 ⚑G1}. */
    String figureInWords() {
        ReportFigure figure = headline().figure();
        StringBuilder words = new StringBuilder(String.format(java.util.Locale.ROOT, "%.3f", figure.value()));
        if (figure.low() != null && figure.high() != null) {
            words.append(String.format(java.util.Locale.ROOT, " [%.3f, %.3f]", figure.low(), figure.high()));
        }
        if (figure.n() != null) {
            words.append(", n ").append(figure.n());
        }
        for (Flag flag : headline().flags()) {
            words.append(" ⚑").append(flag.id());
        }
        return words.toString();
    }

    /** Whether a constant answer scores something within the figure's interval or above it. */
    boolean showsNoSkill() {
        ReportFigure figure = headline().figure();
        return figure.constant() != null && figure.low() != null && figure.low() <= figure.constant();
    }
}
