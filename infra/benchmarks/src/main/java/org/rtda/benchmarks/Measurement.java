package org.rtda.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rtda.benchmarks.measuring.Machine;

/**
 * The results of one call of {@code ./rtda bench}.
 *
 * @param time of its beginning, ISO 8601
 */
record Measurement(String benchmark, String time, Machine machine, List<BenchmarkFigure> figures) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static Measurement of(String benchmark, Instant time, Machine machine, List<BenchmarkFigure> figures) {
        return new Measurement(benchmark, time.truncatedTo(ChronoUnit.SECONDS).toString(), machine, figures);
    }

    void write(Path file) {
        try {
            Files.write(file, JSON.writeValueAsBytes(this));
        } catch (IOException e) {
            throw new UncheckedIOException("the figures could not be written to " + file, e);
        }
    }

    /** A table in Markdown, the machine under it, and what there is to note. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("| " + benchmark + " | unit | here | rival | its | times as fast | target | n |");
        lines.add("|---|---|---|---|---|---|---|---|");
        List<String> notes = new ArrayList<>();
        for (BenchmarkFigure figure : figures) {
            lines.add(String.join(
                    " | ",
                    "| " + figure.what(),
                    figure.unit(),
                    shown(figure.ours()),
                    figure.rival() == null ? "-" : figure.rival(),
                    figure.rivalValue() == null ? "-" : shown(figure.rivalValue()),
                    figure.ratio() == null ? "-" : String.format(Locale.ROOT, "%.2f", figure.ratio()),
                    figure.target() == null ? "-" : figure.target(),
                    figure.samples() + " |"));
            if (figure.note() != null && !notes.contains(figure.note())) {
                notes.add(figure.note());
            }
        }
        lines.add("");
        notes.forEach(note -> lines.add("Note: " + note + "."));
        lines.add("Machine: " + machine.sentence() + ".");
        return String.join("\n", lines);
    }

    /** Three digits that count, or all before the point. */
    static String shown(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
