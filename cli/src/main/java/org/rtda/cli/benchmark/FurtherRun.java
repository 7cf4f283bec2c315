package org.rtda.cli.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtda.cli.benchmark.result.BenchmarkFolder;
import org.rtda.cli.benchmark.result.FurtherEvaluation;
import org.rtda.cli.rest.Evaluation;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.CommandFailure;

/**
 * Requests further evaluations of the models of a finished grid, a few at a time. It can be killed at any time and run
 * again: results that are kept are not requested again, and the gateway makes an evaluation that is requested twice
 * only once.
 */
final class FurtherRun {
    private final String kind;
    private final List<FurtherEvaluation> all;
    private final BenchmarkFolder folder;
    private final RetryingGateway gateway;
    private final int maxRunning;
    private final BenchmarkRun.Watcher watcher;
    private final BenchmarkRun.Pause pause;
    /** Evaluations by the model they judge. */
    private final Map<FurtherEvaluation, String> underWay = new LinkedHashMap<>();

    /**
     * @param kind for messages, for example {@code transfer}
     * @param maxRunning evaluations asked for and not ended at the same time, at least 1
     */
    FurtherRun(
            String kind,
            List<FurtherEvaluation> all,
            BenchmarkFolder folder,
            RetryingGateway gateway,
            int maxRunning,
            BenchmarkRun.Watcher watcher,
            BenchmarkRun.Pause pause) {
        this.kind = kind;
        this.all = all;
        this.folder = folder;
        this.gateway = gateway;
        this.maxRunning = maxRunning;
        this.watcher = watcher;
        this.pause = pause;
    }

    /** @throws CommandFailure when the gateway stays away or refuses an evaluation */
    void run() throws InterruptedException {
        List<FurtherEvaluation> left = new ArrayList<>(all);
        left.removeIf(each -> each.isKept(folder));
        watcher.tell(inWords(all.size()) + ": " + (all.size() - left.size()) + " done");
        while (!left.isEmpty()) {
            boolean moved = gateway.attempt(client -> ask(client, left) | collect(client, left));
            if (!moved && !left.isEmpty()) {
                pause.pause();
            }
        }
    }

    private String inWords(int count) {
        return count + " " + kind + (count == 1 ? " evaluation" : " evaluations");
    }

    private boolean ask(GatewayClient client, List<FurtherEvaluation> left) {
        boolean moved = false;
        for (FurtherEvaluation each : left) {
            if (underWay.size() >= maxRunning) {
                break;
            }
            if (!underWay.containsKey(each)) {
                underWay.put(each, client.evaluate(each.experiment(), each.wanted()));
                moved = true;
            }
        }
        return moved;
    }

    private boolean collect(GatewayClient client, List<FurtherEvaluation> left) {
        boolean moved = false;
        for (Map.Entry<FurtherEvaluation, String> asked : List.copyOf(underWay.entrySet())) {
            FurtherEvaluation each = asked.getKey();
            Optional<Evaluation> evaluation = client.evaluations(each.experiment()).stream()
                    .filter(one -> one.id().equals(asked.getValue()))
                    .findFirst();
            if (evaluation.isEmpty()) {
                // a gateway that was started anew has not read the command yet
                continue;
            }
            Evaluation.Progress progress = evaluation.get().progress();
            if (progress.completed()) {
                each.keep(folder, evaluation.get(), client.results().of(each.experiment(), asked.getValue()));
                underWay.remove(each);
                left.remove(each);
                watcher.tell(each.id() + ": " + each.inWords() + "; " + inWords(left.size()) + " left");
                moved = true;
            } else {
                watcher.show(
                        (all.size() - left.size()) + " of " + inWords(all.size()),
                        (double) (all.size() - left.size()) / all.size(),
                        each.id() + " " + (progress.measured() + progress.failed()) + " of " + progress.planned());
            }
        }
        return moved;
    }
}
