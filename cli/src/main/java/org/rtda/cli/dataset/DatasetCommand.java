package org.rtda.cli.dataset;

import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|show|delete",
        description = "List, show or delete imported data sets.")
public final class DatasetCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private DatasetCommand() {}

    /** With its subcommands. */
    public static CommandLine of(Terminal terminal) {
        return new CommandLine(new DatasetCommand())
                .addSubcommand("list", new DatasetsCommand(terminal))
                .addSubcommand(new DatasetShowCommand(terminal))
                .addSubcommand(new DatasetDeleteCommand(terminal));
    }

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list, show or delete is missing");
    }
}
