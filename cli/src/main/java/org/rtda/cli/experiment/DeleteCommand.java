package org.rtda.cli.experiment;

import java.util.List;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Delete experiments that have ended, with their models, figures and predictions. Refused if an"
                + " experiment waits, trains or is being evaluated, or if another experiment begins with"
                + " its weights.")
public final class DeleteCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Parameters(paramLabel = "EXPERIMENT", arity = "1..*")
    private List<String> experiments;

    public DeleteCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        GatewayClient client = gateway.connect(terminal);
        for (String experiment : experiments) {
            client.deleteExperiment(experiment);
            terminal.out().println("deleted experiment " + experiment);
        }
        return 0;
    }
}
