package org.rtda.cli.token;

import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtda.cli.local.GatewayOption;
import org.rtda.cli.rest.TokenEntry;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.check.InvalidFieldException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Create a token and print it, alone, to standard output. It cannot be shown again.")
final class TokenCreateCommand implements Callable<Integer> {
    private static final Pattern DAYS = Pattern.compile("(\\d{1,4})d");
    private static final String NEVER = "never";

    private final Terminal terminal;

    @Mixin
    private GatewayOption gateway;

    @Parameters(paramLabel = "NAME", description = "name by which it is listed and revoked")
    private String name;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "viewer: reads; operator: also submits, evaluates, cancels and imports; owner: also deletes"
                    + " and creates tokens")
    private String role;

    @Option(
            names = "--expires",
            paramLabel = "DAYSd|never",
            defaultValue = "90d",
            description = "how long the token is valid, in days, or never (default: ${DEFAULT-VALUE})")
    private String expires;

    TokenCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TokenEntry made = gateway.connect(terminal).tokens().create(name, role, days());
        terminal.out().println(made.token());
        terminal.tell("token " + made.name() + " (" + made.role() + "), "
                + (made.expiresAt() == null ? "without an end" : "until " + made.expiresAt())
                + "; give it as RTDA_TOKEN, it is not shown again");
        return 0;
    }

    private Integer days() {
        if (expires.equals(NEVER)) {
            return null;
        }
        Matcher days = DAYS.matcher(expires);
        if (!days.matches()) {
            throw new InvalidFieldException("--expires", expires, "a number of days such as 90d, or never");
        }
        return Integer.valueOf(days.group(1));
    }
}
