package org.rtda.cli.terminal;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rtda.contracts.EventCodec;
import picocli.CommandLine.Option;

/** Results as JSON, in a file or instead of the text. */
public final class JsonOption {
    private static final ObjectWriter WRITER = EventCodec.mapper()
            .writer(new DefaultPrettyPrinter()
                    .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE)
                    .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "write the results as JSON to this file; - writes them to standard output instead of the text")
    private String target;

    /** Whether standard output is for the JSON alone. */
    public boolean takesOutput() {
        return "-".equals(target);
    }

    /** Writes the results where they were asked for, if they were. */
    public void write(Terminal terminal, Object results) {
        if (target != null) {
            if (takesOutput()) {
                terminal.out().println(text(results));
            } else {
                write(Path.of(target), results);
            }
        }
    }

    public static void write(Path file, Object results) {
        try {
            Files.write(file, (text(results) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static String text(Object results) {
        try {
            return WRITER.writeValueAsString(results);
        } catch (IOException e) {
            throw new IllegalStateException("results cannot be written as JSON", e);
        }
    }
}
