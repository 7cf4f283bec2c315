package org.rtda.cli.experiment;

import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.UnfinishedParts;
import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Cancel what has not ended of an experiment: its place in the queue or its training, and"
                + " its evaluations. Checkpoints stay and can be evaluated later (rtda evaluate).")
public final class CancelCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Parameters(paramLabel = "EXPERIMENT")
    private String experiment;

    public CancelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        UnfinishedParts ends = gateway.connect(terminal).cancel(experiment);
        // a gateway of an earlier build does not say what ends
        terminal.out().println("cancelling " + experiment + (ends.inWords().isEmpty() ? "" : ": " + ends.inWords()));
        return 0;
    }
}
