package org.rtda.cli.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.rtda.cli.terminal.JsonOption;
import org.rtda.cli.terminal.Terminal;
import org.rtda.cli.terminal.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show the services of this machine. Exits 0 when all are ready, else 1.")
public final class StatusCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private JsonOption json;

    public StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * @param managementPort of health and metrics; null where the other port has them
     * @param memoryBytes resident; null when it is not running or not known
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ServiceStatus(
            String service,
            long pid,
            Integer port,
            Integer managementPort,
            String health,
            Long memoryBytes,
            String log) {
        static ServiceStatus of(ServiceProcess process, HealthProbe health) {
            OptionalLong memory = process.memoryBytes();
            return new ServiceStatus(
                    process.name(),
                    process.pid(),
                    process.port() == 0 ? null : process.port(),
                    process.managementPort(),
                    !process.isRunning() ? "ended" : health.isReady(process) ? "ready" : "not ready",
                    memory.isPresent() ? memory.getAsLong() : null,
                    process.log());
        }
    }

    /**
     * @param gateway address of the pages and the API; null when nothing runs
     * @param metrics address of the gateway's metrics; null when nothing runs
     */
    record StackStatus(
            String gateway, String metrics, String bootstrapServers, String s3Endpoint, List<ServiceStatus> services) {}

    @Override
    public Integer call() {
        StackDirectory directory = new StackDirectory(terminal.home());
        StackState state = directory.state();
        HealthProbe health = new HealthProbe();
        List<ServiceStatus> services = state.processes().stream()
                .map(process -> ServiceStatus.of(process, health))
                .toList();
        Optional<ServiceProcess> running =
                state.process(LocalStackSupervisor.GATEWAY).filter(ServiceProcess::isRunning);
        String gateway =
                running.map(process -> "http://127.0.0.1:" + process.port()).orElse(null);
        String metrics = running.map(process -> "http://127.0.0.1:" + process.watchedPort() + "/q/metrics")
                .orElse(null);
        json.write(terminal, new StackStatus(gateway, metrics, state.bootstrapServers(), state.s3Endpoint(), services));
        if (!json.takesOutput()) {
            print(state, services, gateway, metrics);
        }
        return !services.isEmpty() && services.stream().allMatch(s -> s.health().equals("ready")) ? 0 : 1;
    }

    private void print(StackState state, List<ServiceStatus> services, String gateway, String metrics) {
        if (services.isEmpty()) {
            terminal.out().println("nothing runs here (rtda up)");
            return;
        }
        TextTable table = new TextTable("service", "pid", "port", "health", "memory");
        for (ServiceStatus service : services) {
            table.row(
                    service.service(),
                    Long.toString(service.pid()),
                    service.port() == null ? "" : service.port().toString(),
                    service.health(),
                    service.memoryBytes() == null ? "" : mebibytes(service.memoryBytes()));
        }
        terminal.out().println(table.text());
        long all = services.stream()
                .filter(service -> service.memoryBytes() != null)
                .mapToLong(ServiceStatus::memoryBytes)
                .sum();
        terminal.out().println("memory of all: " + mebibytes(all));
        terminal.out().println("Kafka " + state.bootstrapServers() + ", S3 " + state.s3Endpoint());
        if (gateway != null) {
            terminal.out().println("pages " + gateway + "/, API " + gateway + "/q/swagger-ui, metrics " + metrics);
        }
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%d MiB", bytes >> 20);
    }
}
