package org.rtda.cli.dataset;

import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.check.Check;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Remove a data set with all of its imports from the store. Refused while an experiment needs it.")
final class DatasetDeleteCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(
            names = "--ended",
            description = "remove it although ended experiments used it: they can then not be evaluated again,"
                    + " and their lineage cannot be shown. Their predictions and galleries (images of patients)"
                    + " are removed, too; their models and figures stay")
    private boolean ended;

    DatasetDeleteCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Check.name("NAME", name);
        gateway.connect(terminal).datasets().delete(name, ended);
        terminal.out().println("removed data set " + name);
        return 0;
    }
}
