package org.rtda.cli.token;

import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Revoke a token: it is not accepted any more, and is removed from the list.")
final class TokenRevokeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Parameters(paramLabel = "NAME")
    private String name;

    TokenRevokeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        gateway.connect(terminal).tokens().revoke(name);
        terminal.out().println("revoked token " + name);
        return 0;
    }
}
