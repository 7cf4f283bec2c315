package org.rtda.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rtda.contracts.EventCodec;

/** What the system does when things break: {@code infra/faults/run}, see docs/faults.md. */
public final class FaultSuite {
    private final FaultSuiteOptions options;
    private final Tries tries;
    private final List<Row> rows = new ArrayList<>();
    private boolean isBroken;

    /** Tries a fault so often; {@link Session#run} outside tests. */
    @FunctionalInterface
    interface Tries {
        /** @throws BrokenOffException when the suite itself broke */
        Row run(Fault fault, int count);
    }

    FaultSuite(FaultSuiteOptions options, Tries tries) {
        this.options = options;
        this.tries = tries;
    }

    /** Ends with 0 when the system recovered from every try; with 1 when it did not, 2 when the arguments were not understood. */
    public static void main(String[] arguments) {
        FaultSuiteOptions options;
        try {
            options = FaultSuiteOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("faults: " + e.getMessage());
            System.exit(2);
            return;
        }
        if (options.isList()) {
            options.faults().forEach(fault -> System.out.printf("%-28s %s%n", fault.name(), fault.description()));
            return;
        }
        Instant begun = Instant.now();
        Path root = Path.of(System.getProperty("rtda.root")).toAbsolutePath().normalize();
        boolean isClean = false;
        try (Session session = new Session(
                root,
                options.seed(),
                new Limits(options.patience()),
                message -> System.err.printf(
                        "faults: %5d s  %s%n",
                        Duration.between(begun, Instant.now()).toSeconds(), message))) {
            FaultSuite suite = new FaultSuite(options, session::run);
            suite.tryAll();
            // before the session is closed: what that meets must not cost the table
            System.out.print(suite.table());
            System.out.flush();
            isClean = suite.isClean();
        } catch (RuntimeException e) {
            System.err.println("faults: " + e);
        }
        // Kafka clients keep threads
        System.exit(isClean ? 0 : 1);
    }

    /**
     * Tries every fault, one after another. Where the suite itself breaks, for example because not even an undisturbed system works, the
     * row of that fault says why, and those of the faults after it that they were not tried.
     */
    void tryAll() {
        for (Fault fault : options.faults()) {
            rows.add(isBroken ? Row.notTried(fault.name(), "the suite broke before") : row(fault));
            writeJson();
        }
    }

    private Row row(Fault fault) {
        List<Tried> before = List.of();
        Throwable cause;
        try {
            return tries.run(fault, options.count());
        } catch (BrokenOffException e) {
            before = e.before();
            cause = e.getCause();
        } catch (RuntimeException | Error e) {
            cause = e;
        }
        isBroken = true;
        System.err.println("faults: " + fault.name() + ": " + cause);
        return Row.broken(fault.name(), before, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    /** After each fault: a long session that is stopped keeps what it found. */
    private void writeJson() {
        if (options.json() == null) {
            return;
        }
        try {
            Files.write(
                    options.json(),
                    EventCodec.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(rows));
        } catch (IOException e) {
            // the table comes all the same
            System.err.println("faults: " + options.json() + " could not be written: " + e);
        }
    }

    boolean isClean() {
        return !isBroken && rows.stream().allMatch(Row::isClean);
    }

    /** As people read it, a row a fault. */
    String table() {
        StringBuilder table = new StringBuilder(String.format(
                "%-28s %6s %9s %6s %8s %9s %8s%n",
                "fault", "tried", "recovered", "lost", "doubled", "differing", "seconds"));
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-28s %6d %9d %6d %8d %9d %8s%n",
                    row.fault(),
                    row.tried(),
                    row.recovered(),
                    row.lost(),
                    row.doubled(),
                    row.differing(),
                    row.seconds() == null ? "-" : row.seconds()));
            row.failures()
                    .forEach(failure -> table.append("    ").append(failure).append('\n'));
        }
        return table.toString();
    }
}
