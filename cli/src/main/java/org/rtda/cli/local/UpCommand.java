package org.rtda.cli.local;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.rtda.cli.terminal.StopOnInterrupt;
import org.rtda.cli.terminal.Terminal;
import org.rtda.contracts.check.Check;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start the broker, the store and the five services on this machine. They run in the"
                + " background. Services that run already are left alone.")
public final class UpCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--attack-workers",
            paramLabel = "N",
            description = "number of attack workers, 1 to 16 (default: as many as run already, else 1)")
    private Integer attackWorkers;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "port of the gateway (default: 8080 when it is free, else any free one)")
    private Integer port;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads of each process that computes (default: half of the cores); only the same number"
                    + " gives the same results bit for bit")
    private Integer threads;

    @Option(
            names = "--start-limit",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "how long the services may take to become ready (default: ${DEFAULT-VALUE})")
    private int startLimit;

    public UpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StackOptions options = new StackOptions(
                optional(attackWorkers == null ? null : Check.inRange("--attack-workers", attackWorkers, 1, 16)),
                optional(port == null ? null : Check.inRange("--port", port, 1, 65535)),
                threads == null ? StackOptions.defaultThreads() : Check.inRange("--threads", threads, 1, 256),
                Duration.ofSeconds(Check.inRange("--start-limit", startLimit, 1, 3600)),
                false);
        StackDirectory directory = new StackDirectory(terminal.home());
        try (StackDirectory.Lock lock = directory.lock()) {
            LocalStackSupervisor supervisor = supervisor(terminal, lock);
            StopOnInterrupt guard = StopOnInterrupt.of(supervisor::undoStart);
            try {
                supervisor.start(options);
            } finally {
                guard.release();
            }
        }
        terminal.out()
                .println("all services are ready; pages: http://127.0.0.1:"
                        + directory
                                .state()
                                .process(LocalStackSupervisor.GATEWAY)
                                .orElseThrow()
                                .port() + "/  (rtda status, rtda logs, rtda down)");
        terminal.out().println(signIn());
        return 0;
    }

    /** As the gateway reads it; whether a gateway that ran already was started with the same variable nobody knows. */
    private String signIn() {
        return "required".equals(terminal.environment().get("RTDA_SECURITY_SIGN_IN"))
                ? "sign-in is required (RTDA_TOKEN)"
                : "sign-in is off: every user of this machine may do everything (RTDA_SECURITY_SIGN_IN=required)";
    }

    public static LocalStackSupervisor supervisor(Terminal terminal, StackDirectory.Lock lock) {
        return new LocalStackSupervisor(
                lock, terminal.project(), terminal.home().toAbsolutePath().resolve("native"), terminal::tell);
    }

    private static OptionalInt optional(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
