package org.rtda.cli.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.cli.CommandFailure;
import org.rtda.cli.rest.Evaluation;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.rest.ResultRow;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.RobustnessMetric;

/**
 * Has the models of a grid that is done judged on images made against each other, a few at a time. Can be killed at any time
 * and run again: the gateway makes an evaluation that is asked for twice only once.
 */
final class TransferRun {
    private final BenchmarkGrid grid;
    private final BenchmarkFolder folder;
    private final BenchmarkReport report;
    private final PatientGateway gateway;
    private final int maxRunning;
    private final BenchmarkRun.Watcher watcher;
    private final BenchmarkRun.Pause pause;
    /** Evaluations by the model they judge. */
    private final Map<TransferCell, String> underWay = new LinkedHashMap<>();

    /** @param maxRunning evaluations asked for and not ended at the same time, at least 1 */
    TransferRun(
            BenchmarkGrid grid,
            BenchmarkFolder folder,
            BenchmarkReport report,
            PatientGateway gateway,
            int maxRunning,
            BenchmarkRun.Watcher watcher,
            BenchmarkRun.Pause pause) {
        this.grid = grid;
        this.folder = folder;
        this.report = report;
        this.gateway = gateway;
        this.maxRunning = maxRunning;
        this.watcher = watcher;
        this.pause = pause;
    }

    /** @throws CommandFailure when the gateway stays away or refuses an evaluation */
    void run() throws InterruptedException {
        List<TransferCell> all = wanted(grid, folder);
        List<TransferCell> left = new ArrayList<>(all);
        left.removeIf(this::isDone);
        watcher.tell(all.size() + " transfer evaluations: " + (all.size() - left.size()) + " done");
        while (!left.isEmpty()) {
            boolean moved = gateway.attempt(client -> ask(client, left) | collect(client, left, all.size()));
            if (!moved && !left.isEmpty()) {
                pause.pause();
            }
        }
        report.write(grid, folder);
    }

    /** In the order of the comparisons; a seed of which only one model is done has none. */
    static List<TransferCell> wanted(BenchmarkGrid grid, BenchmarkFolder folder) {
        List<TransferCell> wanted = new ArrayList<>();
        for (BenchmarkGrid.DatasetPlan plan : grid.datasets()) {
            for (double epsilon : plan.epsilons()) {
                for (long seed : grid.seeds()) {
                    Map<Cell, String> models = new LinkedHashMap<>();
                    for (Cell cell : grid.compared(plan, epsilon)) {
                        folder.state(cell)
                                .filter(state -> cell.seed() == seed && state.standing() == CellState.Standing.DONE)
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

    private boolean isDone(TransferCell cell) {
        return folder.transfer(cell.epsilon(), cell.judged())
                .filter(cell::isAnsweredBy)
                .isPresent();
    }

    private boolean ask(GatewayClient client, List<TransferCell> left) {
        boolean moved = false;
        for (TransferCell cell : left) {
            if (underWay.size() >= maxRunning) {
                break;
            }
            if (!underWay.containsKey(cell)) {
                ObjectNode wanted = EventCodec.mapper().createObjectNode();
                wanted.set("transferFrom", EventCodec.mapper().valueToTree(cell.sources()));
                wanted.put("epsilon", cell.epsilon()).put("name", cell.name());
                underWay.put(cell, client.evaluate(cell.experiment(), wanted));
                moved = true;
            }
        }
        return moved;
    }

    private boolean collect(GatewayClient client, List<TransferCell> left, int all) {
        boolean moved = false;
        for (Map.Entry<TransferCell, String> each : List.copyOf(underWay.entrySet())) {
            TransferCell cell = each.getKey();
            Optional<Evaluation> evaluation = client.evaluations(cell.experiment()).stream()
                    .filter(one -> one.id().equals(each.getValue()))
                    .findFirst();
            if (evaluation.isEmpty()) {
                // a gateway that was started anew has not read the command yet
                continue;
            }
            Evaluation.Progress progress = evaluation.get().progress();
            if (progress.completed()) {
                List<ResultRow> rows = client.results(cell.experiment(), each.getValue()).stream()
                        .filter(row -> Column.kindOf(row.condition()) == Column.Kind.TRANSFER)
                        .toList();
                folder.keep(
                        cell, new TransferResult(cell.experiment(), cell.sources(), rows, failed(evaluation.get())));
                underWay.remove(cell);
                left.remove(cell);
                watcher.tell(cell.id() + ": judged on images made against "
                        + cell.sources().size()
                        + (cell.sources().size() == 1 ? " other" : " others") + "; " + left.size()
                        + " transfer evaluations left");
                moved = true;
            } else {
                watcher.show(
                        (all - left.size()) + " of " + all + " transfer evaluations",
                        (double) (all - left.size()) / all,
                        cell.id() + " " + (progress.measured() + progress.failed()) + " of " + progress.planned());
            }
        }
        return moved;
    }

    private static List<CellResult.FailedGate> failed(Evaluation evaluation) {
        return evaluation.gates().stream()
                .filter(gate -> gate.outcome().equals(RobustnessMetric.Gate.Outcome.FAILED.name()))
                .map(gate -> new CellResult.FailedGate(gate.gate(), gate.concerns(), gate.finding()))
                .toList();
    }
}
