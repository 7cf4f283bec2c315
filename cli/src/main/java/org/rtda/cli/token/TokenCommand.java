package org.rtda.cli.token;

import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "create|list|revoke",
        description = "Create, list or revoke the tokens by which programs sign in. For owners.")
public final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private TokenCommand() {}

    /** With its subcommands. */
    public static CommandLine of(Terminal terminal) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new TokenCreateCommand(terminal))
                .addSubcommand(new TokenListCommand(terminal))
                .addSubcommand(new TokenRevokeCommand(terminal));
    }

    /** Without a subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "create, list or revoke is missing");
    }
}
