package org.rtda.cli.benchmark.result;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;

/** Where the results of a benchmark's runs are read from. */
public interface FinishedRuns {
    Path path();

    /** Empty for a cell that waits. */
    Optional<CellState> state(Cell cell);

    /** Of every cell that was ever submitted. */
    List<CellState> states();

    /** The grid of the last call, and its cells, finished or not. */
    ResultsDocument results();

    /** Of a cell that is done. */
    CellResult result(Cell cell);

    /** Empty where it was not asked for, or has not ended. */
    Optional<FullResult> full(Cell judged);

    /** Empty where it was not asked for, or has not ended. */
    Optional<TransferResult> transfer(double epsilon, Cell judged);
}
