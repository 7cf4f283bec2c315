package org.rtda.cli.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.check.Check;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Show the end of a service's log, or of every log.")
public final class LogsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "SERVICE",
            arity = "0..1",
            description = "service, for example attack-service (default: all)")
    private String service;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "50",
            description = "number of lines (default: 50)")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "keep showing new lines; needs SERVICE")
    private boolean follow;

    public LogsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Check.inRange("--lines", lines, 1, 100_000);
        if (follow && service == null) {
            throw new CommandFailure("--follow needs one SERVICE");
        }
        StackDirectory directory = new StackDirectory(terminal.home());
        List<String> known = known(directory.logs());
        if (known.isEmpty()) {
            throw new CommandFailure("there are no logs in " + directory.logs() + "; rtda up starts services");
        }
        if (service != null && !known.contains(service)) {
            throw new CommandFailure("there is no log of " + service + "; there are " + known);
        }
        for (String name : service == null ? known : List.of(service)) {
            if (service == null) {
                terminal.out().println("== " + directory.log(name));
            }
            new LogTail(directory.log(name)).lines(lines).forEach(terminal.out()::println);
        }
        if (follow) {
            follow(directory.log(service));
        }
        return 0;
    }

    private static List<String> known(Path logs) {
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(logs)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandFailure(logs + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Until Ctrl-C. */
    private void follow(Path log) throws InterruptedException {
        try (FileChannel channel = FileChannel.open(log);
                InputStream bytes = Channels.newInputStream(channel)) {
            channel.position(channel.size());
            byte[] buffer = new byte[8192];
            while (!terminal.out().checkError()) {
                int read = bytes.read(buffer);
                if (read > 0) {
                    terminal.out().write(buffer, 0, read);
                    terminal.out().flush();
                } else {
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(log + " cannot be read: " + e.getMessage(), e);
        }
    }
}
