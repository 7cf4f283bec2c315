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
    private FaultSuite() {}

    /** Ends with 0 when the system recovered from every try; with 1 when it did not, 2 when the arguments were not understood. */
    public static void main(String[] arguments) throws IOException {
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
        List<Row> rows = new ArrayList<>();
        try {
            tryAll(options, rows);
        } catch (IllegalStateException e) {
            System.err.println("faults: " + e.getMessage());
            System.exit(1);
        }
        System.out.print(table(rows));
        // Kafka clients keep threads
        System.exit(rows.stream().allMatch(Row::isClean) ? 0 : 1);
    }

    private static void tryAll(FaultSuiteOptions options, List<Row> rows) throws IOException {
        Instant begun = Instant.now();
        Path root = Path.of(System.getProperty("rtda.root")).toAbsolutePath().normalize();
        try (Session session = new Session(
                root,
                options.seed(),
                options.patience(),
                message -> System.err.printf(
                        "faults: %5d s  %s%n",
                        Duration.between(begun, Instant.now()).toSeconds(), message))) {
            for (Fault fault : options.faults()) {
                rows.add(session.run(fault, options.count()));
                if (options.json() != null) {
                    // after each: a long session that is stopped keeps what it found
                    Files.write(options.json(), json(rows));
                }
            }
        }
    }

    private static byte[] json(List<Row> rows) throws IOException {
        return EventCodec.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(rows);
    }

    private static String table(List<Row> rows) {
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
