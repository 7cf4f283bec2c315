package org.rtda.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.cli.terminal.CommandFailure;

/** Real processes, stand-ins for the services. */
class LocalStackSupervisorTest {
    private static final List<String> ALL = List.of(
            "local-stack", "gateway", "augment-service", "attack-service", "trainer-service", "evaluator-service");

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private StackDirectory directory;
    private StackDirectory.Lock lock;
    private LocalStackSupervisor supervisor;

    @BeforeEach
    void buildTheStandIns() throws IOException {
        Path project = folder.resolve("project");
        for (ServiceDefinition service : ServiceDefinition.all(1, 1, 8L << 30)) {
            jar(
                    service.application(project).resolve("quarkus/generated-bytecode.jar"),
                    ApplicationClassPath.MAIN_CLASS);
            Files.createFile(service.jar(project));
        }
        jar(project.resolve("infra/local-stack/target/local-stack/stand-in.jar"), "org.rtda.stack.LocalStackMain");
        directory = new StackDirectory(folder.resolve("home"));
        lock = directory.lock();
        supervisor = new LocalStackSupervisor(lock, project, folder.resolve("native"), told::add);
    }

    @AfterEach
    void stopThem() {
        supervisor.stopAll();
        lock.close();
    }

    @Test
    void whatRunsIsLeftAloneWhatIsMissingIsStartedAndAllIsStoppedInReverse() {
        supervisor.start(options(OptionalInt.empty()));
        Map<String, Long> first = pids();
        assertThat(first.keySet()).containsExactlyInAnyOrderElementsOf(ALL);
        ServiceProcess gateway = directory.state().process("gateway").orElseThrow();
        assertThat(gateway.memoryBytes()).isPresent();
        assertThat(gateway.managementPort()).isPositive().isNotEqualTo(gateway.port());
        assertThat(directory.state().processes())
                .filteredOn(process -> !process.equals(gateway))
                .allMatch(process -> process.managementPort() == null);

        kill("trainer-service");
        supervisor.start(options(OptionalInt.of(2)));
        Map<String, Long> second = pids();
        assertThat(second).containsKey("attack-service-2").hasSize(7);
        assertThat(second.get("trainer-service")).isNotEqualTo(first.get("trainer-service"));
        assertThat(second.get("gateway")).isEqualTo(first.get("gateway"));

        supervisor.start(options(OptionalInt.empty()));
        assertThat(pids()).as("two workers stay when nothing is said").isEqualTo(second);

        kill("local-stack");
        supervisor.start(options(OptionalInt.of(1)));
        Map<String, Long> third = pids();
        assertThat(third.keySet()).containsExactlyInAnyOrderElementsOf(ALL);
        assertThat(third.values())
                .as("services of a broker that is gone are started anew")
                .doesNotContainAnyElementsOf(second.values());

        List<ServiceProcess> running = directory.state().processes();
        told.clear();
        supervisor.stopAll();
        assertThat(told)
                .containsExactly(
                        "evaluator-service stopped",
                        "trainer-service stopped",
                        "attack-service stopped",
                        "augment-service stopped",
                        "gateway stopped",
                        "local-stack stopped");
        assertThat(running).noneMatch(ServiceProcess::isRunning);
        assertThat(directory.state().processes()).isEmpty();
    }

    @Test
    void aServiceThatEndsWhileItStartsIsNamedWithTheErrorsOfItsLog() throws IOException {
        Files.createFile(directory.root().resolve("fail-evaluator-service"));

        assertThatThrownBy(() -> supervisor.start(options(OptionalInt.empty())))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("evaluator-service ended while it started; the end of " + directory.log("evaluator-service")
                        + ":\n  ERROR the store does not answer");
        assertThat(directory.state().processes()).isEmpty();
    }

    @Test
    void aGatewayThatCannotHaveItsUsualPortSaysWhichItTakes() throws IOException {
        try (ServerSocket holder = new ServerSocket()) {
            try {
                holder.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 8080));
            } catch (BindException e) {
                // another program of this machine holds it, which is the case that is tested
            }
            supervisor.start(options(OptionalInt.empty()));
        }
        int port = directory.state().process("gateway").orElseThrow().port();
        assertThat(port).isNotEqualTo(8080);
        assertThat(told).contains("port 8080 is in use, for example by docker compose; the gateway takes port " + port);
    }

    @Test
    void aModuleThatIsNotBuiltIsNamed() throws IOException {
        Files.delete(folder.resolve("project/gateway/target/quarkus-app/quarkus-run.jar"));

        assertThatThrownBy(() -> supervisor.start(options(OptionalInt.empty())))
                .hasMessageStartingWith("gateway is not built");
    }

    @Test
    void aStrangersProcessUnderTheSameNumberIsNotEnded() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            directory.write(
                    StackState.NONE.with(new ServiceProcess("gateway", stranger.pid(), "another boot 17", 1, "log")));

            supervisor.stopAll();

            assertThat(stranger.isAlive()).isTrue();
            assertThat(directory.state().processes()).isEmpty();
        } finally {
            stranger.destroyForcibly();
        }
    }

    /** As a command line wrote it that knew of no such port: what it started is found, and can be stopped. */
    @Test
    void aStateWithoutManagementPortsIsRead() throws IOException {
        Files.writeString(
                directory.root().resolve("state.json"),
                "{\"processes\":[{\"name\":\"gateway\",\"pid\":7,\"identity\":\"another boot 17\",\"port\":8080,\"log\":\"log\"}]}");

        ServiceProcess gateway = directory.state().process("gateway").orElseThrow();

        assertThat(gateway).isEqualTo(new ServiceProcess("gateway", 7, "another boot 17", 8080, "log"));
        assertThat(gateway.watchedPort()).isEqualTo(8080);
    }

    @Test
    void onlyOneCommandStartsOrStopsAtATime() {
        assertThatThrownBy(() -> new StackDirectory(directory.root()).lock())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ") is at work");
    }

    @Test
    void secretsAreDrawnOnceAndForTheOwnersEyesOnly() throws IOException {
        Secrets drawn = directory.secrets();

        assertThat(directory.secrets()).isEqualTo(drawn);
        assertThat(drawn.secretKey()).hasSize(48);
        assertThat(drawn.toString()).doesNotContain(drawn.secretKey());
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.root().resolve("secrets.json"))))
                .isEqualTo("rw-------");
        assertThat(new StackDirectory(folder.resolve("other")).secrets()).isNotEqualTo(drawn);
    }

    private static StackOptions options(OptionalInt attackWorkers) {
        return new StackOptions(attackWorkers, OptionalInt.empty(), 1, Duration.ofSeconds(60), false);
    }

    private Map<String, Long> pids() {
        assertThat(directory.state().processes()).allMatch(ServiceProcess::isRunning);
        return directory.state().processes().stream()
                .collect(Collectors.toMap(ServiceProcess::name, ServiceProcess::pid));
    }

    private void kill(String name) {
        ProcessHandle process = ProcessHandle.of(
                        directory.state().process(name).orElseThrow().pid())
                .orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private static void jar(Path file, String mainClass) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        Files.createDirectories(file.getParent());
        String entry = mainClass.replace('.', '/') + ".class";
        Function<String, java.io.InputStream> classFile =
                name -> LocalStackSupervisorTest.class.getClassLoader().getResourceAsStream(name);
        try (OutputStream bytes = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry(entry));
            try (java.io.InputStream content = classFile.apply(entry)) {
                content.transferTo(jar);
            }
            jar.closeEntry();
        }
    }
}
