package org.rtda.cli.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.rtda.cli.rest.Evaluation;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.ProgressDisplay;
import org.rtda.cli.terminal.Terminal;

/** Shows the progress of requested evaluations until they have ended. */
final class EvaluationFollower {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final GatewayClient gateway;
    private final Terminal terminal;

    EvaluationFollower(GatewayClient gateway, Terminal terminal) {
        this.gateway = gateway;
        this.terminal = terminal;
    }

    /** @param evaluation its id */
    record Wanted(String experiment, String evaluation) {}

    /** @throws CommandFailure when the gateway stays away, or no longer knows one of them */
    void follow(List<Wanted> all) throws InterruptedException {
        List<Wanted> left = new ArrayList<>(all);
        long answered = System.nanoTime();
        try (ProgressDisplay display = new ProgressDisplay(terminal)) {
            while (true) {
                try {
                    for (Iterator<Wanted> each = left.iterator(); each.hasNext(); ) {
                        if (hasEnded(each.next(), display)) {
                            each.remove();
                        }
                    }
                    answered = System.nanoTime();
                } catch (CommandFailure e) {
                    if (System.nanoTime() - answered > PATIENCE.toNanos()) {
                        throw e;
                    }
                }
                if (left.isEmpty()) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        }
    }

    private boolean hasEnded(Wanted wanted, ProgressDisplay display) {
        Evaluation evaluation = gateway.evaluations(wanted.experiment()).stream()
                .filter(e -> e.id().equals(wanted.evaluation()))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("the gateway knows no evaluation " + wanted.evaluation()));
        Evaluation.Progress progress = evaluation.progress();
        if (progress.completed()) {
            display.tell(
                    evaluation.id(),
                    evaluation.id() + ": " + progress.measured() + " conditions measured" + progress.shortfall());
            return true;
        }
        int done = progress.measured() + progress.failed();
        display.show(
                evaluation.id(),
                progress.planned() == 0 ? "waiting" : "evaluating",
                progress.planned() == 0 ? 0 : (double) done / progress.planned(),
                done + " of " + progress.planned() + " conditions");
        return false;
    }
}
