package org.rtda.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * @param caption what the table shows; null for none
 * @param head headings of the columns
 * @param rows from top to bottom
 * @param scale what the shades of its cells mean; null where they are shares
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Table(String caption, List<String> head, List<Row> rows, HarmScale scale) {
    /** Its shades, where it has some, are shares. */
    public Table(String caption, List<String> head, List<Row> rows) {
        this(caption, head, rows, null);
    }

    public Table {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.cells().size() != head.size()) {
                throw new IllegalArgumentException(
                        "a row of " + row.cells().size() + " cells under " + head.size() + " headings: " + head);
            }
        }
    }

    /**
     * The first cell names the row.
     *
     * @param flag of the row that tells why figures are flagged so; else null
     * @param cells one for each column
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(Flag flag, List<TableCell> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        public static Row of(List<TableCell> cells) {
            return new Row(null, cells);
        }

        public static Row of(TableCell... cells) {
            return new Row(null, List.of(cells));
        }
    }
}
