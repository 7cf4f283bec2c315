package org.rtda.cli.local;

import java.util.concurrent.Callable;
import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "rebuild-view",
        mixinStandardHelpOptions = true,
        description =
                "Have the gateway forget what it knows of experiments, and read it anew from the topics. Lists are"
                        + " incomplete until the topics have been read. What the topics do not hold any more is lost: back up the"
                        + " gateway's database before.")
public final class RebuildViewCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    public RebuildViewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        gateway.connect(terminal).rebuildView();
        terminal.out().println("the gateway builds its view anew from the topics");
        return 0;
    }
}
