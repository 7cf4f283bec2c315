package org.rtda.cli.experiment;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.rtda.cli.rest.Experiment;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.rest.PhaseProgress;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.ProgressDisplay;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.TrainingMetric;

/** Shows the progress of experiments until training and evaluation have ended. */
public final class ExperimentFollower {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final GatewayClient gateway;
    private final Terminal terminal;
    private final Runnable check;
    private final Map<String, TrainingMetric> latest = new ConcurrentHashMap<>();

    /** @param check called twice a second; throws when waiting has become pointless */
    public ExperimentFollower(GatewayClient gateway, Terminal terminal, Runnable check) {
        this.gateway = gateway;
        this.terminal = terminal;
        this.check = check;
    }

    /**
     * @return the experiments as they ended, in the same order
     * @throws CommandFailure when the gateway stays away
     */
    public List<Experiment> follow(List<String> ids) throws InterruptedException {
        List<Thread> readers = ids.stream().map(this::readMetrics).toList();
        Map<String, Experiment> ended = new LinkedHashMap<>();
        ids.forEach(id -> ended.put(id, null));
        long answered = System.nanoTime();
        try (ProgressDisplay display = new ProgressDisplay(terminal)) {
            while (ended.containsValue(null)) {
                check.run();
                try {
                    for (String id : ids) {
                        if (ended.get(id) == null) {
                            look(id, display, ended);
                        }
                    }
                    answered = System.nanoTime();
                } catch (CommandFailure e) {
                    if (System.nanoTime() - answered > PATIENCE.toNanos()) {
                        throw e;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        } finally {
            readers.forEach(Thread::interrupt);
        }
        return List.copyOf(ended.values());
    }

    private void look(String id, ProgressDisplay display, Map<String, Experiment> ended) {
        Experiment experiment = gateway.experiment(id);
        if (experiment.hasEnded()) {
            ended.put(id, experiment);
            display.tell(id, name(experiment) + ": " + end(experiment));
        } else {
            show(experiment, display);
        }
    }

    private void show(Experiment experiment, ProgressDisplay display) {
        PhaseProgress progress = experiment.progress();
        switch (progress.phase()) {
            case QUEUED -> display.show(name(experiment), progress.inWords());
            case TRAINING ->
                display.show(
                        name(experiment), "training", progress.share(), progress.inWords() + figures(experiment.id()));
            case EVALUATING -> display.show(name(experiment), "evaluating", progress.share(), progress.inWords());
        }
    }

    private String figures(String id) {
        TrainingMetric metric = latest.get(id);
        if (metric == null) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, ", loss %.3f", metric.loss()));
        metric.accuracy().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(view -> text.append(String.format(Locale.ROOT, ", %s %.2f", view.getKey(), view.getValue())));
        return text.toString();
    }

    private static String end(Experiment experiment) {
        Experiment.Status status = experiment.status();
        return switch (status.state()) {
            case FAILED -> "failed: " + status.reason();
            case CANCELLED -> "cancelled at step " + status.step();
            case TRAINED, QUEUED, RUNNING ->
                "trained (" + status.totalSteps() + " steps"
                        + (status.device() == null ? "" : " on " + status.device()) + ") and evaluated ("
                        + experiment.evaluation().measured() + " conditions"
                        + experiment.evaluation().shortfall() + ")";
        };
    }

    private static String name(Experiment experiment) {
        return experiment.spec().method() + " " + experiment.id();
    }

    private Thread readMetrics(String id) {
        Thread reader = new Thread(() -> readWhileWanted(id), "metrics-of-" + id);
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private void readWhileWanted(String id) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    gateway.followTraining(
                            id,
                            metric -> latest.merge(
                                    id,
                                    metric,
                                    (old, now) ->
                                            now.step() >= old.step() || now.attempt() > old.attempt() ? now : old));
                } catch (CommandFailure e) {
                    // decoration of the progress line; whether the gateway is there is the other thread's affair
                    latest.remove(id);
                }
                TimeUnit.SECONDS.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws CommandFailure unless it was trained and evaluated */
    public static void requireTrained(Experiment experiment) {
        if (experiment.status().state() != ExperimentStatus.State.TRAINED) {
            throw new CommandFailure("experiment " + experiment.id() + " " + end(experiment));
        }
    }
}
