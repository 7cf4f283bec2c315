package org.rtda.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.rtda.contracts.ExperimentStatus.State;
import org.rtda.contracts.Topic;
import org.rtda.core.Seed;

/**
 * Tries faults one after another. A system that recovered from a fault gets the next one, too, as an installation
 * would; after one that did not recover, a fresh system is started.
 */
final class Session implements AutoCloseable {
    private static final String TRANSIENT = "transient/";

    private final Path root;
    private final long seed;
    private final Limits limits;
    private final Consumer<String> progress;
    private final Map<Template, Outcome> undisturbed = new EnumMap<>(Template.class);
    private SystemUnderTest system;

    /**
     * @param root of the built project
     * @param limits whose patience is the time after which a run in which nothing moves counts as hung
     */
    Session(Path root, long seed, Limits limits, Consumer<String> progress) {
        this.root = root;
        this.seed = seed;
        this.limits = limits;
        this.progress = progress;
    }

    /** @throws BrokenOffException when not even an undisturbed system works, with the tries before that */
    Row run(Fault fault, int count) {
        Optional<String> obstacle = fault.obstacle();
        if (obstacle.isPresent()) {
            return Row.notTried(fault.name(), obstacle.get());
        }
        List<Tried> tries = new ArrayList<>();
        try {
            tryAll(fault, count, tries);
        } catch (RuntimeException | Error e) {
            throw new BrokenOffException(tries, e);
        }
        return Row.of(fault.name(), tries);
    }

    private void tryAll(Fault fault, int count, List<Tried> tries) {
        for (int number = 1; number <= count; number++) {
            if (system == null) {
                begin();
            }
            Tried tried = tryOnce(fault, number);
            progress.accept(fault.name() + " " + number + " of " + count + ": "
                    + (tried.recovered() ? "recovered" : String.join("; ", tried.failures())));
            tries.add(tried);
            if (!tried.recovered()) {
                progress.accept("logs stay in " + system.folder());
                abandon();
            }
        }
    }

    @Override
    public void close() {
        if (system != null) {
            system.close();
            system.forget();
        }
    }

    private void begin() {
        progress.accept("starting broker, store and services");
        system = new SystemUnderTest(root, limits);
        for (Template template : Template.values()) {
            if (!undisturbed.containsKey(template)) {
                undisturbed.put(template, undisturbed(template));
            }
        }
    }

    private Outcome undisturbed(Template template) {
        long begun = System.nanoTime();
        String id = system.gateway().submit(template.specification(), "undisturbed-" + template);
        Outcome[] outcome = {null};
        boolean over = system.watch()
                .await(
                        () -> {
                            outcome[0] = Outcome.of(id, system.watch().of(List.of(id)));
                            return outcome[0].state() != null
                                    && outcome[0].isOver(outcome[0])
                                    && (outcome[0].state() != State.TRAINED || isJudged(outcome[0]));
                        },
                        limits.undisturbed());
        if (!over || outcome[0].state() != State.TRAINED) {
            throw new IllegalStateException(
                    "without any fault, the experiment " + template + " is " + outcome[0].state()
                            + " (" + outcome[0].reason() + ") with "
                            + outcome[0].steps().size() + " steps and "
                            + outcome[0].figures().size() + " figures; logs are in " + system.folder());
        }
        progress.accept("undisturbed, the experiment " + template + " has "
                + outcome[0].steps().size() + " steps and "
                + outcome[0].figures().size() + " figures, in " + (System.nanoTime() - begun) / 1_000_000_000 + " s");
        return outcome[0];
    }

    /** The evaluation of the last checkpoint is planned and completed; nothing else says that there will be one. */
    private static boolean isJudged(Outcome outcome) {
        return outcome.open().isEmpty()
                && outcome.figures().values().stream()
                        .flatMap(byId -> byId.values().stream())
                        .flatMap(Set::stream)
                        .anyMatch(content ->
                                content.contains("\"type\":\"completed\"") && content.contains("\"last\":true"));
    }

    private Tried tryOnce(Fault fault, int number) {
        UniformRandomProvider random =
                new Seed(seed).forStep(fault.name(), number, 0).generator();
        Trial trial = new Trial(system, fault.name() + "-" + seed + "-" + number, random, undisturbed);
        system.watch().forget();
        String moment = "before the moment came";
        Double seconds = null;
        try {
            fault.prepare(system);
            fault.load().forEach(trial::submit);
            Topic topic = fault.countedIn();
            Moment drawn = Moment.draw(random, topic, trial.expected(topic));
            moment = drawn.toString();
            if (!trial.await(drawn, limits.patience())) {
                trial.complain("the moment did not come");
            }
            progress.accept(fault.name() + " happens " + moment);
            seconds = disturb(fault, trial);
            fault.complaints(trial).forEach(trial::complain);
        } catch (RuntimeException e) {
            trial.complain("the experiments could not be submitted or followed: " + e);
        }
        List<Comparison> comparisons = comparisons(trial);
        comparisons.forEach(comparison -> comparison.failures().forEach(trial::complain));
        checkNothingStays(trial);
        checkAllWorks(trial);
        trial.observed().forEach(sentence -> progress.accept(fault.name() + ": " + sentence));
        String where = "seed " + seed + ", try " + number + ", " + moment + ": ";
        return new Tried(
                comparisons.stream().mapToInt(Comparison::lost).sum(),
                comparisons.stream().mapToInt(Comparison::doubled).sum(),
                comparisons.stream().mapToInt(Comparison::differing).sum(),
                seconds,
                trial.complaints().stream().map(where::concat).toList());
    }

    /** Lets the fault happen and waits for the end. @return {@link Tried#seconds} */
    private Double disturb(Fault fault, Trial trial) {
        long begun = System.nanoTime();
        try {
            fault.happen(trial);
        } catch (RuntimeException e) {
            trial.complain("the fault could not be made: " + e);
        }
        long over = System.nanoTime();
        trial.awaitEnd(limits.patience());
        return longestPause(trial.work(), begun, over);
    }

    private List<Comparison> comparisons(Trial trial) {
        List<Comparison> comparisons = new ArrayList<>();
        for (String experiment : trial.experimentIds()) {
            comparisons.add(Comparison.of(trial.undisturbed(experiment), trial.outcome(experiment)));
            trial.checkGateway(experiment, limits.soon());
        }
        return comparisons;
    }

    private void checkNothingStays(Trial trial) {
        List<String> left = transients();
        if (!left.isEmpty()) {
            system.watch().await(() -> transients().isEmpty(), limits.soon());
            left = transients();
        }
        if (!left.isEmpty()) {
            trial.complain(left.size() + " objects stay in " + TRANSIENT + ", such as " + left.get(0));
        }
    }

    private List<String> transients() {
        return system.store().list(TRANSIENT);
    }

    /** Every service is well, and the whole loop still turns. */
    private void checkAllWorks(Trial trial) {
        system.replaceDead().forEach(trial::complain);
        List<String> unwell = system.settle();
        unwell.forEach(trial::complain);
        Trial after = new Trial(system, trial.id() + "-after", trial.random(), undisturbed);
        try {
            String id = after.submit(Template.TINY);
            after.awaitEnd(limits.patience());
            Comparison comparison = Comparison.of(after.undisturbed(id), after.outcome(id));
            after.complaints().forEach(trial::complain);
            comparison.failures().forEach(failure -> trial.complain("the experiment afterwards: " + failure));
        } catch (RuntimeException e) {
            trial.complain("the experiment afterwards: " + e);
        }
    }

    /** After a fault that left something broken. */
    private void abandon() {
        system.close();
        system = null;
    }

    /**
     * The longest time in which no work was seen, of the pauses that end after the fault was over; what passed while it
     * lasted does not count.
     *
     * @param work when work was seen, rising; nanoseconds, as both others
     * @return seconds; null where no work was seen after the fault
     */
    static Double longestPause(List<Long> work, long begun, long over) {
        long from = work.stream().filter(when -> when <= over).reduce(begun, (earlier, later) -> later);
        long longest = -1;
        for (long when : work) {
            if (when > over) {
                longest = Math.max(longest, when - Math.max(from, over));
                from = when;
            }
        }
        return longest < 0 ? null : (Double) (longest / 1e9);
    }
}
