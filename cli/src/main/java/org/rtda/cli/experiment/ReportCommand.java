package org.rtda.cli.experiment;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Save an experiment's report, one HTML file to read or to print.")
public final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private ReportParts parts;

    @Parameters(paramLabel = "EXPERIMENT")
    private String experiment;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "file to write")
    private Path out;

    public ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        byte[] page = gateway.connect(terminal).report(experiment, parts.gallery(), parts.appendix());
        ModelCommand.save(out, page);
        terminal.out().println(out + ", " + page.length + " bytes");
        return 0;
    }
}
