package org.rtda.cli.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.rtda.cli.terminal.CommandFailure;

/**
 * Starts and stops the broker, the store and the services of one {@link StackDirectory}, for whoever holds its lock.
 */
public final class LocalStackSupervisor {
    /** Broker and store, in one process. */
    public static final String LOCAL_STACK = "local-stack";

    public static final String GATEWAY = "gateway";

    /** Twice what six processes need on two cores that write their class archives at the same time. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final int USUAL_PORT = 8080;

    /** Which the local stack writes when it answers, and removes when it ends. */
    private static final String READY_FILE = "ready.json";

    private final Path project;
    private final StackDirectory directory;
    private final Path nativeCache;
    private final Consumer<String> progress;
    private final HealthProbe health = new HealthProbe();
    private final LocalPorts ports = new LocalPorts();
    private List<ServiceProcess> before = List.of();
    private boolean stopped;

    /**
     * @param lock of the directory, held for as long as this is used
     * @param project folder with the built services
     * @param nativeCache where native libraries are unpacked
     * @param progress gets a line when something has happened
     */
    public LocalStackSupervisor(StackDirectory.Lock lock, Path project, Path nativeCache, Consumer<String> progress) {
        this.project = project;
        this.directory = lock.directory();
        this.nativeCache = nativeCache;
        this.progress = progress;
    }

    /**
     * Starts what does not run and waits until everything is ready; what runs already is left alone.
     *
     * @throws CommandFailure when something does not start; what this call had started is stopped again
     */
    public void start(StackOptions options) {
        int workers = options.attackWorkers().orElseGet(this::runningAttackWorkers);
        List<ServiceDefinition> services =
                ServiceDefinition.all(workers, options.threads(), ServiceEnvironment.machineMemory());
        services.forEach(this::requireBuilt);
        forgetEnded();
        before = directory.state().processes();
        try {
            if (directory.state().process(LOCAL_STACK).isEmpty()) {
                // services of a broker that is gone: they know the old addresses
                stopAll();
                startLocalStack(options);
            }
            if (options.attackWorkers().isPresent()) {
                stopBeyond(services);
            }
            for (ServiceDefinition service : services) {
                if (directory.state().process(service.name()).isEmpty()) {
                    startService(service, options);
                }
            }
            awaitLocalStack(options);
            awaitReady(services, options.startLimit());
        } catch (CommandFailure e) {
            stopNew();
            throw stopped ? new CommandFailure("interrupted", e) : e;
        }
    }

    /** Stops everything that was started here, in reverse order. Nothing to stop is no failure. */
    public synchronized void stopAll() {
        stop(directory.state().processes());
    }

    /** As {@link #stopAll}, and nothing is started afterwards, even by a {@link #start} under way in another thread. */
    public synchronized void stopForGood() {
        stopped = true;
        stopAll();
    }

    /** Stops what a {@link #start} under way in another thread has started, and nothing is started afterwards. */
    public synchronized void undoStart() {
        stopped = true;
        stopNew();
    }

    /** Forgets the broker's records and the store's objects; only while nothing runs. */
    public void deleteData() {
        directory.deleteData();
    }

    private int runningAttackWorkers() {
        long running = directory.state().processes().stream()
                .filter(process -> ServiceDefinition.isAttackWorker(process.name()) && process.isRunning())
                .count();
        return (int) Math.max(1, running);
    }

    private void forgetEnded() {
        StackState state = directory.state();
        for (ServiceProcess process : state.processes()) {
            if (!process.isRunning()) {
                state = state.without(process);
            }
        }
        directory.write(state);
    }

    private synchronized void stopNew() {
        List<ServiceProcess> started = new ArrayList<>(directory.state().processes());
        started.removeAll(before);
        stop(started);
    }

    private void stopBeyond(List<ServiceDefinition> wanted) {
        List<String> names = wanted.stream().map(ServiceDefinition::name).toList();
        stop(directory.state().processes().stream()
                .filter(process -> !process.name().equals(LOCAL_STACK) && !names.contains(process.name()))
                .toList());
    }

    /** Last started first. All services are asked before the first is waited for; the broker outlives them. */
    private synchronized void stop(List<ServiceProcess> processes) {
        List<ServiceProcess> reverse = new ArrayList<>(processes);
        Collections.reverse(reverse);
        List<ServiceProcess> running =
                reverse.stream().filter(ServiceProcess::isRunning).toList();
        running.stream().filter(process -> !process.name().equals(LOCAL_STACK)).forEach(ServiceProcess::askToEnd);
        for (ServiceProcess process : reverse) {
            if (running.contains(process)) {
                boolean forced = process.stop(GRACE);
                progress.accept(process.name() + (forced ? " ended by force" : " stopped"));
            }
            directory.write(directory.state().without(process));
        }
    }

    private void startLocalStack(StackOptions options) {
        Path jars = project.resolve("infra/local-stack/target/local-stack");
        if (!Files.isDirectory(jars)) {
            throw notBuilt("infra/local-stack");
        }
        Path ready = directory.root().resolve(READY_FILE);
        delete(ready);
        List<String> command = new ArrayList<>(JavaCommand.java());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(JavaCommand.QUIET);
        command.addAll(JavaCommand.LATEST_SECOND_COMPILER);
        command.addAll(ClassArchive.options(jars.getParent(), jars, !options.endWithThisProcess()));
        command.addAll(List.of("-cp", jars + File.separator + "*"));
        command.addAll(List.of(
                "org.rtda.stack.LocalStackMain", "--data", directory.data().toString()));
        command.addAll(List.of("--ready-file", ready.toString()));
        if (options.endWithThisProcess()) {
            command.addAll(List.of(
                    "--exit-with-parent", Long.toString(ProcessHandle.current().pid())));
        }
        int kafkaPort = ports.free();
        int s3Port = ports.free();
        command.addAll(List.of("--kafka-port", Integer.toString(kafkaPort), "--s3-port", Integer.toString(s3Port)));
        directory.write(directory.state().at("127.0.0.1:" + kafkaPort, "http://127.0.0.1:" + s3Port));
        Secrets secrets = directory.secrets();
        ServiceProcess process = launch(
                LOCAL_STACK,
                command,
                Map.of(
                        "RTDA_S3_ACCESS_KEY", secrets.accessKey(),
                        "RTDA_S3_SECRET_KEY", secrets.secretKey(),
                        "MALLOC_ARENA_MAX", "2"),
                0,
                null);
        long began = System.nanoTime();
        // from then on connections wait in the broker's queue: services can start beside it, and need not try again
        while (!LocalPorts.isOpen(kafkaPort)) {
            checkProgress(process, began, options.startLimit());
        }
    }

    /** The broker and the store answer. */
    private void awaitLocalStack(StackOptions options) {
        ServiceProcess process = started(LOCAL_STACK);
        long began = System.nanoTime();
        while (!Files.exists(directory.root().resolve(READY_FILE))) {
            checkProgress(process, began, options.startLimit());
        }
        progress.accept("Kafka broker and S3 store ready");
    }

    private void startService(ServiceDefinition service, StackOptions options) {
        int port = service.name().equals(GATEWAY) ? gatewayPort(options.gatewayPort()) : ports.free();
        Integer managementPort = service.hasManagementPort() ? ports.free() : null;
        launch(
                service.name(),
                service.command(project, !options.endWithThisProcess()),
                ServiceEnvironment.of(
                        service,
                        port,
                        managementPort,
                        directory.state(),
                        directory.secrets(),
                        directory.data(),
                        nativeCache),
                port,
                managementPort);
    }

    private int gatewayPort(OptionalInt wanted) {
        if (wanted.isPresent()) {
            return ports.exactly(wanted.getAsInt(), "--port");
        }
        int port = ports.preferring(USUAL_PORT);
        if (port != USUAL_PORT) {
            progress.accept(
                    "port " + USUAL_PORT + " is in use, for example by docker compose; the gateway takes port " + port);
        }
        return port;
    }

    private synchronized ServiceProcess launch(
            String name, List<String> command, Map<String, String> environment, int port, Integer managementPort) {
        if (stopped) {
            throw new CommandFailure("interrupted");
        }
        Path log = directory.newLog(name);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.root().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            long pid = builder.start().pid();
            String identity = ProcessIdentity.of(pid).orElse("ended at once");
            ServiceProcess process = new ServiceProcess(name, pid, identity, port, managementPort, log.toString());
            directory.write(directory.state().with(process));
            return process;
        } catch (IOException e) {
            throw new CommandFailure(name + " could not be started: " + e.getMessage(), e);
        }
    }

    private void awaitReady(List<ServiceDefinition> services, Duration limit) {
        long began = System.nanoTime();
        List<String> waiting =
                new ArrayList<>(services.stream().map(ServiceDefinition::name).toList());
        while (!waiting.isEmpty()) {
            for (String name : List.copyOf(waiting)) {
                ServiceProcess process = started(name);
                if (health.isReady(process)) {
                    waiting.remove(name);
                    progress.accept(name + " ready after " + seconds(began));
                } else {
                    checkProgress(process, began, limit);
                }
            }
        }
    }

    private ServiceProcess started(String name) {
        return directory
                .state()
                .process(name)
                .orElseThrow(() -> new CommandFailure(name + " was stopped while it started"));
    }

    /** Waits a moment; fails when the process has ended or is too slow. */
    private void checkProgress(ServiceProcess process, long began, Duration limit) {
        if (!process.isRunning()) {
            throw failed(process, " ended while it started");
        }
        if (System.nanoTime() - began > limit.toNanos()) {
            throw failed(process, " was not ready within " + limit.toSeconds() + " s");
        }
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while " + process.name() + " started", e);
        }
    }

    private static CommandFailure failed(ServiceProcess process, String what) {
        List<String> errors = new LogTail(Path.of(process.log())).errors(5);
        return new CommandFailure(process.name() + what + "; the end of " + process.log() + ":"
                + (errors.isEmpty() ? " (empty)" : "\n  " + String.join("\n  ", errors)));
    }

    private void requireBuilt(ServiceDefinition service) {
        if (!Files.exists(service.jar(project))) {
            throw notBuilt(service.module());
        }
    }

    private CommandFailure notBuilt(String module) {
        return new CommandFailure(module + " is not built: run mvn package -DskipTests in " + project);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be removed: " + e.getMessage(), e);
        }
    }

    private static String seconds(long began) {
        return String.format("%.1f s", (System.nanoTime() - began) / 1e9);
    }
}
