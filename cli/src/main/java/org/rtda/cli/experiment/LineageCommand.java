package org.rtda.cli.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lineage",
        mixinStandardHelpOptions = true,
        description =
                "Show where an experiment's model comes from: specification, data set, preparation, source files, first and"
                        + " last weights, each with its SHA-256.")
public final class LineageCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    @Parameters(paramLabel = "EXPERIMENT")
    private String experiment;

    @Option(names = "--files", description = "list every source file (default: their number and a digest)")
    private boolean files;

    public LineageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode lineage = gateway.connect(terminal).lineage(experiment, files);
        json.write(terminal, lineage);
        if (!json.takesOutput()) {
            terminal.out().println(LineageText.of(lineage));
        }
        return 0;
    }
}
