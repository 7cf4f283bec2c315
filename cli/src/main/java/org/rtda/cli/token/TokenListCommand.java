package org.rtda.cli.token;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.TokenEntry;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", mixinStandardHelpOptions = true, description = "List the tokens, without their texts.")
final class TokenListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Mixin
    private JsonOption json;

    TokenListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<TokenEntry> all = gateway.connect(terminal).tokens().list();
        json.write(terminal, all);
        if (!json.takesOutput()) {
            if (all.isEmpty()) {
                terminal.out().println("there is no token (rtda token create NAME --role viewer)");
                return 0;
            }
            TextTable table = new TextTable("token", "role", "made by", "made", "ends", "last used");
            for (TokenEntry token : all) {
                table.row(
                        token.name(),
                        token.role(),
                        token.createdBy(),
                        time(token.createdAt(), ""),
                        time(token.expiresAt(), "never"),
                        time(token.lastUsedAt(), "never"));
            }
            terminal.out().println(table.text());
        }
        return 0;
    }

    private static String time(Instant time, String without) {
        return time == null ? without : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
