package org.rtda.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.rtda.testkit.SecuredListener;

/**
 * {@code docker-compose.yml} on the engine that the {@code docker} command talks to, as a project of its own on free ports.
 * Builds and pulls nothing. Every call throws {@link IllegalStateException} with the command and what it said when it fails.
 */
final class Composition implements AutoCloseable {
    /** Of this test's gateway. */
    static final String OWNER_TOKEN = "rtda_" + "e2".repeat(32);

    private static final int COMMAND_MINUTES = 8;

    private static final List<String> ACCOUNTS = List.of(
            "gateway", "augment-service", "attack-service", "trainer-service", "evaluator-service", "dashboard");

    private static final Map<String, List<Integer>> PORTS =
            Map.of("gateway", List.of(8080, 9000), "kafka", List.of(9092, 9094), "minio", List.of(9000));

    private final Path root;
    private final String project;
    private final Map<String, String> environment = new TreeMap<>();
    private final int gatewayPort = freePort();
    private final int kafkaPort = freePort();
    private final boolean secured;

    /** @param secured with TLS, and an account for each service */
    Composition(Path root, String project, boolean secured) {
        this.root = root;
        this.project = project;
        this.secured = secured;
        environment.put("RTDA_STORE_ACCESS_KEY", "rtda-" + project);
        environment.put("RTDA_STORE_SECRET_KEY", UUID.randomUUID().toString());
        environment.put("RTDA_OWNER_TOKEN", OWNER_TOKEN);
        environment.put("RTDA_BIND", "127.0.0.1");
        environment.put("KAFKA_BIND", "127.0.0.1");
        environment.put("GATEWAY_PORT", Integer.toString(gatewayPort));
        environment.put("KAFKA_EXTERNAL_HOST", "localhost");
        environment.put("KAFKA_EXTERNAL_PORT", Integer.toString(kafkaPort));
        if (secured) {
            environment.put("RTDA_CERTIFICATES", certificates());
            environment.put(
                    "RTDA_KAFKA_ADMINISTRATOR_PASSWORD", UUID.randomUUID().toString());
            for (String account : ACCOUNTS) {
                environment.put(passwordOf(account), UUID.randomUUID().toString());
            }
        }
    }

    private String certificates() {
        try {
            String folder = Files.createTempDirectory("rtda-e2e")
                    .resolve("certificates")
                    .toString();
            run(List.of("infra/compose/make-secrets.sh", "--certificates", folder));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String passwordOf(String account) {
        return "RTDA_PASSWORD_" + account.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Why it cannot be started here; empty when it can. */
    Optional<String> obstacle() {
        try {
            run(List.of("docker", "version"));
            run(List.of("docker", "compose", "version"));
        } catch (IllegalStateException e) {
            return Optional.of("no Docker engine with Compose v2 answers: " + e.getMessage());
        }
        for (String image : images()) {
            try {
                run(List.of("docker", "image", "inspect", image));
            } catch (IllegalStateException e) {
                return Optional.of("the image " + image
                        + " is not there: docker compose build, docker compose pull kafka minio (docs/deploy.md)");
            }
        }
        return Optional.empty();
    }

    /** Of all services, one of each name. */
    List<String> images() {
        return compose("config", "--images").lines().distinct().toList();
    }

    String gateway() {
        return "http://127.0.0.1:" + gatewayPort;
    }

    /**
     * What a Kafka client outside needs.
     *
     * @param account whose client it is, where there are accounts
     */
    Map<String, Object> kafka(String account) {
        String servers = "localhost:" + kafkaPort;
        return secured
                ? new SecuredListener(servers, Path.of(environment.get("RTDA_CERTIFICATES"), "ca.crt"))
                        .settings(account, environment.get(passwordOf(account)))
                : Map.of("bootstrap.servers", servers);
    }

    /** From the next start of an attack worker on; 0 for the real device's time. */
    void simulatedMillisPerImage(int millis) {
        environment.put("RTDA_SIMULATED_DEVICE_MILLIS_PER_IMAGE", Integer.toString(millis));
    }

    /** {@link #up()} with a number of attack workers that stays. */
    void up(int attackWorkers) {
        environment.put("ATTACK_WORKERS", Integer.toString(attackWorkers));
        up();
    }

    /** Starts what is missing or has other settings by now, and returns when all is healthy. */
    void up() {
        compose("up", "-d", "--no-build", "--wait");
    }

    /** Until the next {@link #up()}. Returns when the containers are started or gone, not when they are ready. */
    void scaleAttackWorkers(int workers) {
        compose("up", "-d", "--no-build", "--scale", "attack-service=" + workers);
    }

    void restart(String service) {
        compose("restart", service);
    }

    /** Ids of a service's containers that run. */
    List<String> containers(String service) {
        return compose("ps", "-q", "--status", "running", service).lines().toList();
    }

    /** As a machine that is switched off: the engine does not start it again. */
    void switchOff(String container) {
        run(List.of("docker", "kill", container));
    }

    /**
     * As a crash: the process ends with no warning, and the restart policy applies. It is killed from outside its container,
     * since a container's first process cannot be killed from within, and "docker kill" counts as a wish that it stays away.
     */
    void crash(String container) {
        String pid = inspect(container, "{{.State.Pid}}");
        String image = inspect(container, "{{.Config.Image}}");
        run(List.of(
                "docker",
                "run",
                "--rm",
                "--pid=host",
                "--network=none",
                "--user=0:0",
                "--no-healthcheck",
                "--entrypoint=bash",
                image,
                "-c",
                "kill -KILL " + pid));
    }

    /** How often the engine has started it again after it ended by itself. */
    int restarts(String container) {
        return Integer.parseInt(inspect(container, "{{.RestartCount}}"));
    }

    /** Services to which a new container on one of the composition's networks can connect, by any of their addresses. */
    Set<String> servicesInReachOf(String network) {
        List<String> command = new ArrayList<>(List.of(
                "docker",
                "run",
                "--rm",
                "--network=" + project + "_" + network,
                "--no-healthcheck",
                "--entrypoint=bash",
                inspect(containers("gateway").get(0), "{{.Config.Image}}"),
                "-c",
                "for to in \"$@\"; do"
                        + " (timeout 10 bash -c \"exec 3<>/dev/tcp/${to#*=}\" 2> /dev/null && echo \"${to%%=*}\") & done; wait",
                "bash"));
        PORTS.forEach((service, ports) -> {
            String addresses =
                    inspect(containers(service).get(0), "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}");
            for (String address : addresses.split(" ")) {
                ports.forEach(port -> command.add(service + "=" + address + "/" + port));
            }
        });
        return new TreeSet<>(run(command).lines().toList());
    }

    /** Volumes of the composition's containers that are not the composition's: "down" would leave them. */
    List<String> namelessVolumes() {
        List<String> nameless = new ArrayList<>();
        for (String container : compose("ps", "-aq").lines().toList()) {
            inspect(container, "{{range .Mounts}}{{if eq .Type \"volume\"}}{{println .Name}}{{end}}{{end}}")
                    .lines()
                    .filter(name -> !name.startsWith(project + "_"))
                    .forEach(nameless::add);
        }
        return nameless;
    }

    String ps() {
        return compose("ps", "-a");
    }

    /** Containers and named volumes of this project. {@link #namelessVolumes} would bear no label. */
    List<String> remains() {
        String label = "label=com.docker.compose.project=" + project;
        List<String> remains = new ArrayList<>();
        run(List.of("docker", "ps", "-aq", "--filter", label)).lines().forEach(remains::add);
        run(List.of("docker", "volume", "ls", "-q", "--filter", label)).lines().forEach(remains::add);
        return remains;
    }

    void writeLogs(Path file) {
        try {
            Files.writeString(file, ps() + "\n" + compose("logs", "--no-color", "--timestamps"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void down() {
        compose("down", "-v", "--remove-orphans", "--timeout", "20");
    }

    @Override
    public void close() {
        if (!remains().isEmpty()) {
            down();
        }
    }

    private String inspect(String container, String format) {
        return run(List.of("docker", "inspect", "--format", format, container)).strip();
    }

    private String compose(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "docker",
                "compose",
                // the settings are this class's own, also where a .env says otherwise, such as RTDA_ACCOUNTS=required
                "--env-file",
                "/dev/null",
                "-p",
                project,
                "-f",
                "docker-compose.yml",
                "-f",
                "infra/compose/docker-compose.simulated-devices.yml",
                "--project-directory",
                "."));
        if (secured) {
            command.addAll(List.of("-f", "docker-compose.secured.yml"));
        }
        command.addAll(Arrays.asList(arguments));
        return run(command);
    }

    /** @return what it wrote to its standard output */
    private String run(List<String> command) {
        try {
            Path output = Files.createTempFile("compose", ".out");
            Path errors = Files.createTempFile("compose", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(root.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(COMMAND_MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw failure(command, "no end after " + COMMAND_MINUTES + " minutes", errors);
                }
                if (process.exitValue() != 0) {
                    throw failure(command, "exit status " + process.exitValue(), errors);
                }
                return Files.readString(output);
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(String.join(" ", command) + ": interrupted", e);
        }
    }

    private static IllegalStateException failure(List<String> command, String end, Path errors) throws IOException {
        return new IllegalStateException(String.join(" ", command) + ": " + end + ": " + Files.readString(errors));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
