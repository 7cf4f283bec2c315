package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.rest.Evaluation;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.result.ResultRow;

/**
 * A model of a grid that is to be evaluated by the full suite, which has stronger attacks than the final evaluation and
 * all gates.
 *
 * @param judged is done
 * @param experiment that trained it
 */
public record FullCell(Cell judged, String experiment) implements FurtherEvaluation {
    private static final String SUITE = "full";

    /** In the order of the grid; none of a model whose final evaluation is full already, or that is on another machine. */
    public static List<FurtherEvaluation> wanted(BenchmarkGrid grid, BenchmarkFolder folder) {
        return grid.cells().stream()
                .filter(cell -> !cell.spec().evaluation().suite().equals(SUITE))
                .flatMap(cell -> folder.state(cell).stream()
                        .filter(state -> state.standing() == CellState.Standing.DONE && !state.isTakenOver())
                        .map(state -> (FurtherEvaluation) new FullCell(cell, state.experiment())))
                .toList();
    }

    @Override
    public String id() {
        return judged.id();
    }

    @Override
    public ObjectNode wanted() {
        return EventCodec.mapper().createObjectNode().put("suite", SUITE).put("name", SUITE);
    }

    @Override
    public String inWords() {
        return "judged by the full suite";
    }

    @Override
    public boolean isKept(BenchmarkFolder folder) {
        return folder.full(judged)
                .filter(result -> result.experiment().equals(experiment))
                .isPresent();
    }

    @Override
    public void keep(BenchmarkFolder folder, Evaluation ended, List<ResultRow> rows) {
        folder.keep(judged, new FullResult(experiment, ended.id(), rows, ended.gates()));
    }
}
