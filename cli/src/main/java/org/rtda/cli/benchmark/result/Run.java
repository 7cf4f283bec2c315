package org.rtda.cli.benchmark.result;

import java.util.Optional;
import org.rtda.cli.benchmark.grid.Cell;

/**
 * A finished cell and its results.
 *
 * @param full what the full suite found of its model, if it was asked
 */
public record Run(Cell cell, CellResult result, Optional<FullResult> full) {
    /** Of which the full suite was not asked. */
    public Run(Cell cell, CellResult result) {
        this(cell, result, Optional.empty());
    }

    public Run with(CellResult other) {
        return new Run(cell, other, full);
    }
}
