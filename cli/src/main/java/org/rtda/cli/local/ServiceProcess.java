package org.rtda.cli.local;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rtda.cli.terminal.CommandFailure;

/**
 * A process that this command line started, perhaps in an earlier run.
 *
 * @param name of the service, unique in one stack
 * @param identity as {@link ProcessIdentity} gave it when the process started
 * @param port HTTP port on the loopback address; 0 where there is none
 * @param managementPort port of health and metrics on the loopback address; null where the HTTP port has them
 * @param log file with what it prints
 */
public record ServiceProcess(String name, long pid, String identity, int port, Integer managementPort, String log) {
    /** With all that it answers on one port. */
    ServiceProcess(String name, long pid, String identity, int port, String log) {
        this(name, pid, identity, port, null, log);
    }

    /** Where it answers {@code /q/health} and {@code /q/metrics}; 0 where it does not. */
    @JsonIgnore
    int watchedPort() {
        return managementPort == null ? port : managementPort;
    }

    /** Whether this very process runs, not a later one of the same number. */
    @JsonIgnore
    public boolean isRunning() {
        return ProcessIdentity.of(pid).filter(identity::equals).isPresent();
    }

    /** Resident memory, where the system tells. */
    @JsonIgnore
    public OptionalLong memoryBytes() {
        if (!isRunning()) {
            return OptionalLong.empty();
        }
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            // it has just ended, or this system has no such file
            return OptionalLong.empty();
        }
    }

    /** Asks it to end, and does not wait. Does nothing to a process that is not this one. */
    void askToEnd() {
        handle().ifPresent(ProcessHandle::destroy);
    }

    /**
     * Asks it to end, and ends it by force when it has not after the grace. Does nothing to a process that is not this one.
     *
     * @return whether force was needed
     */
    boolean stop(Duration grace) {
        Optional<ProcessHandle> found = handle();
        if (found.isEmpty()) {
            return false;
        }
        ProcessHandle process = found.get();
        CompletableFuture<ProcessHandle> end = process.onExit();
        process.destroy();
        if (endsWithin(end, grace)) {
            return false;
        }
        if (isRunning()) {
            process.destroyForcibly();
        }
        if (!endsWithin(end, Duration.ofSeconds(10))) {
            throw new CommandFailure(name + " (pid " + pid + ") could not be stopped");
        }
        return true;
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(handle -> isRunning());
    }

    private static boolean endsWithin(CompletableFuture<ProcessHandle> end, Duration limit) {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while a service stopped", e);
        }
    }
}
