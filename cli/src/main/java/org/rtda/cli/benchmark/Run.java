package org.rtda.cli.benchmark;

import java.util.Optional;

/**
 * A cell that is done, and what it left.
 *
 * @param full what the full suite found of its model, if it was asked
 */
record Run(Cell cell, CellResult result, Optional<FullResult> full) {
    /** Of which the full suite was not asked. */
    Run(Cell cell, CellResult result) {
        this(cell, result, Optional.empty());
    }

    Run with(CellResult other) {
        return new Run(cell, other, full);
    }
}
