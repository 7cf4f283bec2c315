package org.rtda.cli.benchmark;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.rtda.cli.benchmark.page.BenchmarkReport;
import org.rtda.cli.benchmark.page.Publication;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.Versions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Write the files of a benchmark that are small enough to be committed: published.json,"
                + " results.md, the pictures, and in runs a file for each finished run. From the files in"
                + " runs, which have each image's answer, the other files can be written again, and"
                + " another machine can continue the benchmark (rtda benchmark --from). Works also while"
                + " the benchmark runs.")
public final class PublishCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description =
                    "folder of rtda benchmark, a folder that was published, or a folder that contains several of them")
    private Path from;

    @Parameters(
            index = "1",
            paramLabel = "TO",
            description = "folder to write to; with several benchmarks, each gets a folder of its name there")
    private Path to;

    @Option(names = "--curves", description = "request training curves from the gateway if the folders lack them")
    private boolean curves;

    @Option(
            names = "--page",
            paramLabel = "FILE.md",
            description = "update the marked tables and sentences of this page; the file names in its marks are"
                    + " relative to the project's folder")
    private Path page;

    public PublishCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        BenchmarkReport report = new BenchmarkReport(Versions.of(terminal.project()), Clock.systemUTC());
        Publication publication = curves
                ? Publication.of(report, gateway.connect(terminal), terminal::tell)
                : Publication.of(report, terminal::tell);
        publication.publish(from.toAbsolutePath(), to.toAbsolutePath()).forEach(terminal.out()::println);
        if (page != null) {
            Publication.rewrite(page, terminal.project());
            terminal.out().println(page);
        }
        return 0;
    }
}
