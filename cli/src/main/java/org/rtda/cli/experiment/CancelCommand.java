package org.rtda.cli.experiment;

import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.UnfinishedParts;
import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Cancel an experiment: its place in the queue or its training, and its evaluations; or only one"
                + " of its evaluations (--evaluation). Checkpoints stay and can be evaluated later (rtda evaluate).")
public final class CancelCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Parameters(paramLabel = "EXPERIMENT")
    private String experiment;

    @Option(
            names = "--evaluation",
            paramLabel = "NAME",
            description = "Cancel only this evaluation: the name of a named evaluation (of the last epoch that has"
                    + " one), its epoch and name (epoch-00003/full), or for an evaluation of the"
                    + " experiment's own settings its epoch (epoch-00005).")
    private String evaluation;

    public CancelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (evaluation != null) {
            terminal.out()
                    .println("cancelling "
                            + gateway.connect(terminal)
                                    .cancelEvaluation(experiment, evaluation)
                                    .id());
            return 0;
        }
        UnfinishedParts ends = gateway.connect(terminal).cancel(experiment);
        // a gateway of an earlier build does not say what ends
        terminal.out().println("cancelling " + experiment + (ends.inWords().isEmpty() ? "" : ": " + ends.inWords()));
        return 0;
    }
}
