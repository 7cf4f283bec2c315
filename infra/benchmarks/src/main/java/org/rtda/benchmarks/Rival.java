package org.rtda.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.rtda.benchmarks.measuring.PairedTurns;

/**
 * Another program that does the same work, in a process of its own. It prints {@code ready} when it has warmed up, or
 * {@code missing NAME} when it lacks a package; then for each line {@code go} on its standard input it does one unit of work
 * and prints the milliseconds that took. It ends with its input. For one thread.
 */
final class Rival implements AutoCloseable {
    private static final String MISSING = "missing ";

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;
    private final Path errors;
    private final String missing;

    private Rival(String name, Process process, BufferedReader answers, Writer orders, Path errors, String missing) {
        this.name = name;
        this.process = process;
        this.answers = answers;
        this.orders = orders;
        this.errors = errors;
        this.missing = missing;
    }

    /** One that cannot be started, because what runs it is not there. */
    private static Rival missing(String name, Path errors, String interpreter) {
        return new Rival(name, null, null, null, errors, interpreter);
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @throws IllegalStateException when it ends without a word, or says something else; with its last words
     */
    static Rival start(String interpreter, Path script, List<String> arguments) {
        String name = script.getFileName().toString();
        List<String> command = new ArrayList<>(List.of(interpreter, script.toString()));
        command.addAll(arguments);
        try {
            Path errors = Files.createTempFile("rtda-rival", ".log");
            errors.toFile().deleteOnExit();
            Process process;
            try {
                process = new ProcessBuilder(command)
                        .redirectError(errors.toFile())
                        .start();
            } catch (IOException e) {
                return missing(name, errors, interpreter);
            }
            BufferedReader answers = process.inputReader();
            String first = answers.readLine();
            String missing = first != null && first.startsWith(MISSING) ? first.substring(MISSING.length()) : null;
            Rival rival = new Rival(name, process, answers, process.outputWriter(), errors, missing);
            if (missing == null && !"ready".equals(first)) {
                rival.close();
                throw rival.failure("expected ready or missing NAME", first);
            }
            return rival;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The package, or the interpreter, that it lacks; such a rival takes no turns. */
    Optional<String> missing() {
        return Optional.ofNullable(missing);
    }

    /** {@link #turn}, or null when something is missing; as {@link PairedTurns#take} wants it. */
    DoubleSupplier turns() {
        return missing == null ? this::turn : null;
    }

    /** For a figure's note: why there is nothing to compare with, or null when there is. */
    String note(String interpreter) {
        return missing == null ? null : "ours alone: " + lack(interpreter);
    }

    /** What is missing, in words, and what to do; only where something is. */
    String lack(String interpreter) {
        return missing.equals(interpreter)
                ? "there is no " + interpreter + " (set PYTHON)"
                : interpreter + " lacks " + missing + " (docs/speed.md lists the packages)";
    }

    /** One unit of work. @return the milliseconds that it reports */
    double turn() {
        String answer;
        try {
            orders.write("go\n");
            orders.flush();
            answer = answers.readLine();
        } catch (IOException e) {
            // it has ended: what follows says how
            answer = null;
        }
        try {
            double milliseconds = answer == null ? Double.NaN : Double.parseDouble(answer);
            if (milliseconds > 0) {
                return milliseconds;
            }
        } catch (NumberFormatException e) {
            // said below, with what else it wrote
        }
        close();
        throw failure("expected milliseconds above 0", answer);
    }

    private IllegalStateException failure(String expected, String answer) {
        try {
            String words = Files.readString(errors).strip();
            return new IllegalStateException("rival " + name + ": " + expected + ", "
                    + (answer == null ? "but it ended with status " + process.exitValue() : "got '" + answer + "'")
                    + (words.isEmpty() ? "" : ":\n" + words.substring(Math.max(0, words.length() - 2000))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        try {
            orders.close();
        } catch (IOException e) {
            // it ended before its input did
        }
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
