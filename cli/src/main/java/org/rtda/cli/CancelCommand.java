package org.rtda.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", mixinStandardHelpOptions = true, description = "Stop an experiment; its checkpoints stay.")
final class CancelCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Parameters(paramLabel = "EXPERIMENT")
    private String experiment;

    CancelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        gateway.connect(terminal).cancel(experiment);
        terminal.out().println("asked " + experiment + " to stop");
        return 0;
    }
}
