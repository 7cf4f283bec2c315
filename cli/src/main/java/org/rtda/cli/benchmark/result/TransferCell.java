package org.rtda.cli.benchmark.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtda.cli.benchmark.grid.BenchmarkGrid;
import org.rtda.cli.benchmark.grid.Cell;
import org.rtda.cli.benchmark.grid.CellState;
import org.rtda.cli.benchmark.grid.Fingerprint;
import org.rtda.cli.rest.Evaluation;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.result.ResultRow;
import org.rtda.contracts.settings.Condition;

/**
 * A model of a comparison that is to be evaluated on images made against the other models of its seed.
 *
 * @param epsilon strength of the comparison, and of the attack
 * @param judged is done
 * @param experiment that trained it
 * @param sources experiments of the other models, at least one
 */
public record TransferCell(double epsilon, Cell judged, String experiment, List<String> sources)
        implements FurtherEvaluation {

    /** In the order of the comparisons; a seed of which only one model is done here has none. */
    public static List<FurtherEvaluation> wanted(BenchmarkGrid grid, BenchmarkFolder folder) {
        List<FurtherEvaluation> wanted = new ArrayList<>();
        for (BenchmarkGrid.DatasetPlan plan : grid.datasets()) {
            for (double epsilon : plan.epsilons()) {
                for (long seed : grid.seeds()) {
                    Map<Cell, String> models = new LinkedHashMap<>();
                    for (Cell cell : grid.compared(plan, epsilon)) {
                        folder.state(cell)
                                .filter(state -> cell.seed() == seed
                                        && state.standing() == CellState.Standing.DONE
                                        && !state.isTakenOver())
                                .ifPresent(state -> models.put(cell, state.experiment()));
                    }
                    models.forEach((judged, experiment) -> {
                        List<String> sources = models.values().stream()
                                .filter(other -> !other.equals(experiment))
                                .toList();
                        if (!sources.isEmpty()) {
                            wanted.add(new TransferCell(epsilon, judged, experiment, sources));
                        }
                    });
                }
            }
        }
        return wanted;
    }

    /** For example {@code busi-28/0.5/erm/seed-1}: with the strength also of a method that trains without attacks. */
    static String id(double epsilon, Cell judged) {
        return judged.dataset() + "/" + Cell.plain(epsilon) + "/" + judged.method() + "/seed-" + judged.seed();
    }

    @Override
    public String id() {
        return id(epsilon, judged);
    }

    /** Of the evaluation: another where a model was trained again. */
    String name() {
        return "transfer-" + Fingerprint.of(sources, Cell.plain(epsilon)).substring(0, 12);
    }

    @Override
    public ObjectNode wanted() {
        ObjectNode wanted = EventCodec.mapper().createObjectNode();
        wanted.set("transferFrom", EventCodec.mapper().valueToTree(sources));
        return wanted.put("epsilon", epsilon).put("name", name());
    }

    @Override
    public String inWords() {
        return "judged on images made against " + sources.size() + (sources.size() == 1 ? " other" : " others");
    }

    @Override
    public boolean isKept(BenchmarkFolder folder) {
        return folder.transfer(epsilon, judged).filter(this::isAnsweredBy).isPresent();
    }

    private boolean isAnsweredBy(TransferResult result) {
        return result.experiment().equals(experiment) && result.sources().equals(sources);
    }

    @Override
    public void keep(BenchmarkFolder folder, Evaluation ended, List<ResultRow> rows) {
        List<ResultRow> transferred = rows.stream()
                .filter(row -> row.conditionDetails().kind() == Condition.Kind.TRANSFER)
                .toList();
        folder.keep(
                epsilon, judged, new TransferResult(experiment, sources, transferred, CellResult.FailedGate.of(ended)));
    }
}
