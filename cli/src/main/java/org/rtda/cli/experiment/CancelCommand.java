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
        description =
                "Cancel what has not ended of an experiment: its place in the queue or its training, and"
                        + " its evaluations; or one of its evaluations alone (--evaluation). Checkpoints stay and can be evaluated later (rtda evaluate).")
public final class CancelCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Parameters(paramLabel = "EXPERIMENT")
    private String experiment;

    @Option(
            names = "--evaluation",
            paramLabel = "NAME",
            description =
                    "Cancel this evaluation and nothing else: the name that it was asked for by, of several epochs the last"
                            + " one's; its epoch and name, for example epoch-00003/full; or of the experiment's own evaluations its epoch,"
                            + " for example epoch-00005.")
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
