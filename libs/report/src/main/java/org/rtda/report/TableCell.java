package org.rtda.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A cell of a table: a text, or a figure and its flags.
 *
 * @param text what the cell says; null where the cell has a figure
 * @param figure the number that the cell shows; null where the cell has a text
 * @param flags of a figure; empty where it stands
 * @param shade in [0,1]: how dark the cell is drawn; null for no shade
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TableCell(String text, ReportFigure figure, List<Flag> flags, Double shade) {
    public TableCell {
        if ((text == null) == (figure == null)) {
            throw new IllegalArgumentException("a cell has a text or a figure");
        }
        flags = List.copyOf(flags);
        if (shade != null && !(shade >= 0 && shade <= 1)) {
            throw new IllegalArgumentException("shade must be in [0, 1], was " + shade);
        }
    }

    public static TableCell text(String text) {
        return new TableCell(text, null, List.of(), null);
    }

    public static TableCell text(String text, List<Flag> flags) {
        return new TableCell(text, null, flags, null);
    }

    public static TableCell figure(ReportFigure figure, List<Flag> flags) {
        return new TableCell(null, figure, flags, null);
    }

    /** As it is, shaded by how much of the skill is lost; for cells of a table with that scale. */
    public TableCell shaded(HarmScale scale) {
        return figure == null || figure.value() == null
                ? this
                : new TableCell(text, figure, flags, scale.loss(figure.value()));
    }

    /** As it is, drawn the darker the greater its value; for figures in [0,1]. */
    public TableCell shaded() {
        return figure == null || figure.value() == null
                ? this
                : new TableCell(text, figure, flags, Math.max(0, Math.min(1, figure.value())));
    }
}
