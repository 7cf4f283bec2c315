package org.rtda.gateway.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.rtda.contracts.ExperimentCommand;
import org.rtda.contracts.ExperimentStatus;
import org.rtda.contracts.RobustnessMetric;
import org.rtda.contracts.TrainingMetric;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.Event;
import org.rtda.gateway.problem.ProblemException;

/**
 * What is known of all experiments. Built from events alone, so that reading the topics again from the beginning gives
 * the same view. Safe for several threads: one lock, held for as long as it takes to fold an event or to copy.
 */
public final class ExperimentViews {
    private final int mostMetricsEach;
    private final int mostMetricsTogether;
    private final Map<String, ExperimentView> experiments = new HashMap<>();
    private final Map<String, List<BiConsumer<String, Event>>> followers = new HashMap<>();
    private final DeadLetters deadLetters = new DeadLetters();
    private long metrics;

    /**
     * @param mostMetricsEach training metrics kept of one experiment, evenly spread over its steps
     * @param mostMetricsTogether training metrics kept of all; beyond it the longest series is thinned
     */
    public ExperimentViews(int mostMetricsEach, int mostMetricsTogether) {
        this.mostMetricsEach = mostMetricsEach;
        this.mostMetricsTogether = mostMetricsTogether;
    }

    /**
     * Takes one event in and hands it to those who follow its experiment. False when it changes nothing.
     *
     * @throws IllegalArgumentException when the event says too little to be part of any experiment
     */
    public synchronized boolean apply(Event event) {
        String id = Check.name("experimentId", event.experimentId());
        if (event instanceof RobustnessMetric metric) {
            Check.present("evaluationId", metric.evaluationId());
        }
        ExperimentView view = experiments.computeIfAbsent(id, any -> new ExperimentView(any, mostMetricsEach));
        int before = view.trainingSize();
        boolean changed = view.apply(event);
        metrics += view.trainingSize() - before;
        if (metrics > mostMetricsTogether) {
            thinLongest();
        }
        if (changed && typeOf(event) != null) {
            List.copyOf(followers.getOrDefault(id, List.of())).forEach(f -> f.accept(typeOf(event), event));
        }
        return changed;
    }

    private void thinLongest() {
        ExperimentView longest = experiments.values().stream()
                .max(Comparator.comparingInt(ExperimentView::trainingSize))
                .orElseThrow();
        int before = longest.trainingSize();
        longest.thinTraining();
        metrics += longest.trainingSize() - before;
    }

    /** @param position where the letter lies in its topic */
    public void apply(DeadLetter letter, String position) {
        if (deadLetters.add(letter, position) && letter.experiment() != null) {
            synchronized (this) {
                ExperimentView view = experiments.get(letter.experiment());
                if (view == null && isName(letter.experiment())) {
                    view = new ExperimentView(letter.experiment(), mostMetricsEach);
                    experiments.put(letter.experiment(), view);
                }
                if (view != null) {
                    view.apply(letter);
                }
            }
        }
    }

    private static boolean isName(String experiment) {
        try {
            Check.name("experimentId", experiment);
            return true;
        } catch (IllegalArgumentException e) {
            // a header of a foreign record; the letter is still counted
            return false;
        }
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    /** Reads one experiment under the lock; empty when nobody has submitted it. The view must not leave the function. */
    public synchronized <T> Optional<T> read(String id, Function<ExperimentView, T> reading) {
        return Optional.ofNullable(experiments.get(id))
                .filter(view -> view.submit().isPresent())
                .map(reading);
    }

    /**
     * As {@link #read}.
     *
     * @throws ProblemException 404 when nobody has submitted it
     */
    public <T> T readKnown(String id, Function<ExperimentView, T> reading) {
        return read(id, reading).orElseThrow(() -> ProblemException.unknownExperiment(id));
    }

    /** Every submitted experiment, newest first. */
    public synchronized <T> List<T> readAll(Function<ExperimentView, T> reading) {
        return experiments.values().stream()
                .filter(view -> view.submit().isPresent())
                .sorted(Comparator.comparing(
                                ExperimentViews::submittedAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
                        .reversed()
                        .thenComparing(ExperimentView::id))
                .map(reading)
                .toList();
    }

    /** One experiment as REST shows it; empty when nobody has submitted it. */
    public synchronized Optional<ExperimentDocument> document(String id) {
        return read(
                id,
                view -> ExperimentDocument.of(
                        view, QueuePlace.of(experiments.values()).get(id)));
    }

    /** Every submitted experiment as REST shows it, newest first. */
    public synchronized List<ExperimentDocument> documents() {
        Map<String, QueuePlace> queue = QueuePlace.of(experiments.values());
        return readAll(view -> ExperimentDocument.of(view, queue.get(view.id())));
    }

    private static Instant submittedAt(ExperimentView view) {
        return view.submit().map(ExperimentCommand.Submit::time).orElse(null);
    }

    /** Submitted experiments in this state. */
    public synchronized long count(ExperimentStatus.State state) {
        return experiments.values().stream()
                .filter(view -> view.submit().isPresent() && view.status().state() == state)
                .count();
    }

    /**
     * From here on the follower gets every event that changes this experiment, on the folding thread, so it must not
     * block. No event is missing or doubled between the returned ones and the followed ones.
     *
     * @return what is known: the status, the training metrics by step, the evaluations' messages; empty when nobody has
     *     submitted the experiment
     */
    public synchronized Optional<List<Event>> follow(String id, BiConsumer<String, Event> follower) {
        return read(id, view -> {
            followers.computeIfAbsent(id, any -> new ArrayList<>()).add(follower);
            List<Event> known = new ArrayList<>();
            known.add(view.lastTold());
            known.addAll(view.training());
            known.addAll(view.robustness());
            return List.copyOf(known);
        });
    }

    public synchronized void unfollow(String id, BiConsumer<String, Event> follower) {
        followers.computeIfPresent(id, (any, all) -> {
            all.remove(follower);
            return all.isEmpty() ? null : all;
        });
    }

    public synchronized int followers() {
        return followers.values().stream().mapToInt(List::size).sum();
    }

    /** The type of a server-sent event; null for what is not sent. */
    public static String typeOf(Event event) {
        if (event instanceof TrainingMetric) {
            return "training";
        }
        if (event instanceof RobustnessMetric) {
            return "robustness";
        }
        return event instanceof ExperimentStatus ? "status" : null;
    }
}
