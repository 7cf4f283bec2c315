package org.rtda.cli.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.rtda.cli.rest.GatewayClient;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.cli.terminal.Terminal;
import picocli.CommandLine.Option;

/** The options that say which gateway a command uses, and with which token. */
public final class GatewayOption {
    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "address of the gateway (default: RTDA_GATEWAY, otherwise the gateway that rtda up"
                    + " started here)")
    private String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "file with the token to sign in with (default: the token in RTDA_TOKEN, else none)")
    private Path tokenFile;

    public GatewayClient connect(Terminal terminal) {
        return new GatewayClient(
                address(terminal),
                tokenFile == null ? GatewayToken.of(terminal.environment()) : Optional.of(GatewayToken.of(tokenFile)));
    }

    private URI address(Terminal terminal) {
        String given = url != null ? url : terminal.environment().get("RTDA_GATEWAY");
        if (given == null) {
            Optional<ServiceProcess> local = new StackDirectory(terminal.home())
                    .state()
                    .process(LocalStackSupervisor.GATEWAY)
                    .filter(ServiceProcess::isRunning);
            return local.map(process -> URI.create("http://127.0.0.1:" + process.port()))
                    .orElseThrow(() -> new CommandFailure(
                            "no gateway runs here: start the services with rtda up, or name one with --gateway URL"));
        }
        try {
            URI address = URI.create(given);
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw notAnAddress(given, e);
        }
        throw notAnAddress(given, null);
    }

    private static CommandFailure notAnAddress(String given, Exception cause) {
        return new CommandFailure("the gateway's address must be like http://HOST:PORT, was " + given, cause);
    }
}
