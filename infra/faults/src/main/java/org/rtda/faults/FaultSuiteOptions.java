package org.rtda.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The command line.
 *
 * @param seed of every moment and choice
 * @param faults to try, in this order
 * @param count tries of each
 * @param json file for the rows; null for none
 * @param isList whether to tell of the faults instead of trying them
 * @param patience after which a run in which nothing moves counts as hung
 */
record FaultSuiteOptions(long seed, List<Fault> faults, int count, Path json, boolean isList, Duration patience) {
    static final String USAGE =
            "options are --seed N, --only FAULT,..., --short, --count N, --json FILE, --patience MINUTES and --list";
    /** Longer than a store call is tried again, and than an answer is waited for before it is asked for again. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** @throws IllegalArgumentException when it is not understood, with what is */
    static FaultSuiteOptions parse(String... arguments) {
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        long seed = 1;
        List<Fault> faults = Faults.ALL;
        int count = 1;
        Path json = null;
        boolean isList = false;
        Duration patience = PATIENCE;
        while (!left.isEmpty()) {
            String option = left.remove();
            switch (option) {
                case "--seed" -> seed = number(option, left, Long.MIN_VALUE, Long.MAX_VALUE);
                case "--only" ->
                    faults = List.of(value(option, left).split(",")).stream()
                            .map(Faults::named)
                            .toList();
                case "--short" ->
                    faults = Faults.SHORT.stream().map(Faults::named).toList();
                case "--count" -> count = (int) number(option, left, 1, 10_000);
                case "--json" -> json = Path.of(value(option, left));
                case "--patience" -> patience = Duration.ofMinutes(number(option, left, 1, 1440));
                case "--list" -> isList = true;
                default -> throw new IllegalArgumentException(USAGE + ", was " + option);
            }
        }
        return new FaultSuiteOptions(seed, faults, count, json, isList, patience);
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value; " + USAGE);
        }
        return left.remove();
    }

    private static long number(String option, Deque<String> left, long lowest, long highest) {
        String text = value(option, left);
        String wanted = option + " must be a whole number in [" + lowest + ", " + highest + "], was " + text;
        try {
            long number = Long.parseLong(text);
            if (number < lowest || number > highest) {
                throw new IllegalArgumentException(wanted);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wanted, e);
        }
    }
}
