package org.rtda.cli.local;

import java.util.concurrent.Callable;
import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "rebuild-view",
        mixinStandardHelpOptions = true,
        description = "Empty the gateway's database of experiments. The gateway builds it again from the topics; lists"
                + " are incomplete until it has read them. What the topics no longer contain is lost, so"
                + " back up the database first.")
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
        terminal.out().println("the gateway builds its database again from the topics");
        return 0;
    }
}
