package org.rtda.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtda.contracts.Topic;

/** A grid of runs is submitted at once. Some run to their end, the others are cancelled: the suite does not wait for hours. */
record ThousandSubmissions() implements Fault {
    private static final int RUNS = 1000;
    private static final int RUN = 5;
    private static final int CLIENTS = 8;
    private static final Duration ACCEPTED_LIMIT = Duration.ofSeconds(60);
    private static final Duration CANCELLED_LIMIT = Duration.ofMinutes(20);

    @Override
    public String name() {
        return "thousand-submissions";
    }

    @Override
    public String description() {
        return RUNS + " runs are submitted at once, in " + ACCEPTED_LIMIT.toSeconds() + " s; " + RUN
                + " run to their end in the order of submission, the others are cancelled and end so";
    }

    @Override
    public void happen(Trial trial) {
        trial.observe("before: " + memory(trial));
        long begun = System.nanoTime();
        ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
        inParallel(number -> accepted.add(
                trial.system().gateway().submit(Template.TINY.specification(), trial.id() + "-run-" + number)));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        trial.observe(RUNS + " runs accepted in " + took.toSeconds() + " s; then: " + memory(trial));
        if (took.compareTo(ACCEPTED_LIMIT) > 0) {
            trial.complain(
                    RUNS + " runs were accepted in " + took.toSeconds() + " s, not in " + ACCEPTED_LIMIT.toSeconds());
        }
        if (Set.copyOf(accepted).size() != RUNS) {
            trial.complain(Set.copyOf(accepted).size() + " runs were accepted, not " + RUNS);
        }
        List<String> ids = List.copyOf(accepted);
        ids.stream().limit(RUN).forEach(id -> trial.expect(id, Template.TINY));
        List<String> unwanted = ids.stream().skip(RUN).toList();
        unwanted.forEach(trial::remember);
        inParallel(number -> {
            if (number < unwanted.size()) {
                cancel(trial, unwanted.get(number));
            }
        });
    }

    /** A run may have ended before it was to be cancelled. */
    @Override
    public List<String> complaints(Trial trial) {
        Set<String> open = new HashSet<>(trial.remembered());
        trial.system()
                .watch()
                .await(
                        () -> {
                            open.removeAll(ended(trial));
                            return open.isEmpty();
                        },
                        CANCELLED_LIMIT);
        trial.observe("when all had ended: " + memory(trial));
        List<String> complaints = new ArrayList<>();
        if (!open.isEmpty()) {
            complaints.add(open.size() + " runs that were cancelled did not end, such as "
                    + open.iterator().next());
        }
        List<String> submitted = order(trial, Topic.EXPERIMENTS, "submit");
        List<String> begun = order(trial, Topic.EXPERIMENT_STATUS, "RUNNING");
        if (!begun.equals(submitted)) {
            complaints.add("runs were submitted in the order " + submitted + " and begun in the order " + begun);
        }
        return complaints;
    }

    /** Those that run to their end, in the order in which a topic first says so of each. */
    private static List<String> order(Trial trial, Topic topic, String says) {
        return trial.system().watch().on(topic).stream()
                .filter(seen -> seen.document().path("type").asText().equals(says)
                        || seen.document().path("state").asText().equals(says))
                .map(Watch.Seen::experimentId)
                .filter(trial.experimentIds()::contains)
                .distinct()
                .toList();
    }

    private static String memory(Trial trial) {
        return Stream.of(Role.GATEWAY, Role.TRAINER)
                .flatMap(role -> trial.system().members(role).stream())
                .map(member -> member + " has " + member.process().residentBytes() / 1_000_000 + " MB")
                .collect(Collectors.joining(", "));
    }

    private static Set<String> ended(Trial trial) {
        return trial.system().watch().on(Topic.EXPERIMENT_STATUS).stream()
                .filter(seen -> {
                    String state = seen.document().path("state").asText();
                    return state.equals("CANCELLED") || state.equals("TRAINED");
                })
                .map(Watch.Seen::experimentId)
                .collect(Collectors.toSet());
    }

    private static void cancel(Trial trial, String id) {
        Gateway.Answer answer = trial.system().gateway().cancel(id);
        if (answer.status() != 202 && answer.status() != 409) {
            throw new IllegalStateException("cancelling was answered with " + answer);
        }
    }

    private interface Numbered {
        void run(int number);
    }

    /** @throws IllegalStateException with the first failure, when all have ended */
    private static void inParallel(Numbered work) {
        AtomicInteger next = new AtomicInteger();
        List<RuntimeException> failures = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int client = 0; client < CLIENTS; client++) {
            clients.execute(() -> {
                try {
                    for (int n = next.getAndIncrement(); n < RUNS; n = next.getAndIncrement()) {
                        work.run(n);
                    }
                } catch (RuntimeException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            });
        }
        clients.shutdown();
        try {
            if (!clients.awaitTermination(15, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the gateway did not take " + RUNS + " commands in 15 minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}
