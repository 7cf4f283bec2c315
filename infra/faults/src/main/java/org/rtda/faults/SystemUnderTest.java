package org.rtda.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rtda.benchmarks.PackagedService;
import org.rtda.benchmarks.SmallDataset;
import org.rtda.faults.proxy.Link;
import org.rtda.messaging.TopicAdmin;
import org.rtda.store.ArtifactStore;
import org.rtda.store.MinioArtifactStore;
import org.rtda.store.MinioSettings;

/**
 * The whole system in processes of its own: broker and store, and the services, each of which reaches both through proxies.
 * This process looks past the proxies.
 */
final class SystemUnderTest implements AutoCloseable {
    private static final String BUCKET = "faults";

    private final Path root;
    private final Limits limits;
    private final Path folder;
    private final Map<Role, Link> links = new EnumMap<>(Role.class);
    private final Map<Role, List<Member>> members = new EnumMap<>(Role.class);
    private final StackProcess stack;
    private final MinioArtifactStore store;
    private final Watch watch;
    private final Gateway gateway;
    private final Thread end = new Thread(this::killAll, "end");
    private int started;

    /**
     * A service's process.
     *
     * @param instance names it in messages and logs
     */
    record Member(Role role, String instance, PackagedService process) {
        @Override
        public String toString() {
            return instance;
        }
    }

    /** Starts everything and returns when every service is ready. @param root of the built project */
    SystemUnderTest(Path root, Limits limits) {
        this.root = root;
        this.limits = limits;
        try {
            folder = Files.createTempDirectory("rtda-faults");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Role role : Role.values()) {
            links.put(role, new Link());
            members.put(role, new CopyOnWriteArrayList<>());
        }
        // the stack ends with this process by itself, services do not
        Runtime.getRuntime().addShutdownHook(end);
        stack = new StackProcess(root, folder, List.copyOf(links.values()), limits);
        TopicAdmin.ensure(stack.bootstrapServers(), limits.patience());
        store = new MinioArtifactStore(
                new MinioSettings(stack.s3Endpoint(), BUCKET, stack.accessKey(), stack.secretKey(), "us-east-1"));
        SmallDataset.into(
                store,
                SmallDataset.write(folder, Template.TRAIN_IMAGES, Template.VALIDATION_IMAGES, Template.TEST_IMAGES));
        watch = new Watch(stack.bootstrapServers());
        gateway = new Gateway(
                () -> members.get(Role.GATEWAY).stream()
                        .findFirst()
                        .map(member -> member.process().base())
                        .orElse(URI.create("http://127.0.0.1:1")),
                limits);
        List<String> unwell = settle();
        if (!unwell.isEmpty()) {
            throw new IllegalStateException(
                    "the system did not start: " + String.join("; ", unwell) + "; logs are in " + folder);
        }
    }

    Limits limits() {
        return limits;
    }

    Watch watch() {
        return watch;
    }

    Gateway gateway() {
        return gateway;
    }

    /** Past the proxies. */
    ArtifactStore store() {
        return store;
    }

    /** Of the broker, past the proxies. */
    String bootstrapServers() {
        return stack.bootstrapServers();
    }

    /** Where logs are. */
    Path folder() {
        return folder;
    }

    Link link(Role role) {
        return links.get(role);
    }

    List<Link> links() {
        return List.copyOf(links.values());
    }

    /** Those that are there, dead ones included, the oldest first. */
    List<Member> members(Role role) {
        return List.copyOf(members.get(role));
    }

    /** As a power cut would. It is not started again by itself. */
    void kill(Member member) {
        // first, so that nobody takes it for one that ended by itself
        members.get(member.role()).remove(member);
        member.process().kill();
    }

    /** As an operator stops it. */
    void terminate(Member member) {
        members.get(member.role()).remove(member);
        member.process().close();
    }

    /** Starts one more and does not wait for it. */
    Member start(Role role) {
        return start(role, Map.of(), List.of());
    }

    /**
     * As above.
     *
     * @param environment more variables
     * @param launcher as of {@link PackagedService#start}
     */
    synchronized Member start(Role role, Map<String, String> environment, List<String> launcher) {
        Map<String, String> variables = new HashMap<>(role.environment());
        variables.putAll(environment);
        Link link = links.get(role);
        String instance = role.module() + "-" + ++started;
        PackagedService process = PackagedService.start(
                role.module(),
                instance,
                new PackagedService.BackingServices(
                        root,
                        "127.0.0.1:" + link.broker().port(),
                        "http://127.0.0.1:" + link.store().port(),
                        stack.accessKey(),
                        stack.secretKey(),
                        BUCKET,
                        1,
                        folder),
                variables,
                launcher);
        Member member = new Member(role, instance, process);
        members.get(role).add(member);
        return member;
    }

    /** Holds a process (SIGSTOP) for so long, then lets it go on (SIGCONT). */
    void suspend(Member member, Duration time) {
        signal(member, "STOP");
        Pause.of(time);
        signal(member, "CONT");
    }

    /** Kills everything, broker and store too, and starts it again. */
    void restartEverything() {
        killAll();
        stack.kill();
        stack.start();
        startMissing();
    }

    /** Starts again what ended without being told to. @return what did, in sentences */
    List<String> replaceDead() {
        List<String> ended = new ArrayList<>();
        for (Role role : Role.values()) {
            for (Member member : members(role)) {
                if (!member.process().isAlive() && members.get(role).remove(member)) {
                    ended.add(member + " ended by itself: " + lastLine(member));
                    start(role);
                }
            }
        }
        return ended;
    }

    /** Back to as many of each as there were, all links whole; the oldest stay. @return who does not become ready and live */
    List<String> settle() {
        links.values().forEach(Link::restore);
        for (Role role : Role.values()) {
            List<Member> there = members(role);
            there.stream().skip(role.standing()).forEach(this::kill);
        }
        startMissing();
        List<Member> all = Arrays.stream(Role.values())
                .flatMap(role -> members(role).stream())
                .toList();
        // one limit for all: where many are sick, they are sick at once
        watch.await(() -> all.stream().allMatch(SystemUnderTest::isDecided), limits.patience());
        return all.stream().flatMap(member -> unwell(member).stream()).toList();
    }

    private void killAll() {
        for (Role role : Role.values()) {
            members(role).forEach(this::kill);
        }
    }

    private void startMissing() {
        for (Role role : Role.values()) {
            while (members.get(role).size() < role.standing()) {
                start(role);
            }
        }
    }

    /** Waits until it is ready and live. @return what is wrong when that took too long */
    Optional<String> awaitWell(Member member) {
        watch.await(() -> isDecided(member), limits.patience());
        return unwell(member);
    }

    /** Whether waiting is of no more use: it is well, or has ended. */
    private static boolean isDecided(Member member) {
        PackagedService process = member.process();
        return !process.isAlive() || process.isReady() && process.isLive();
    }

    private static Optional<String> unwell(Member member) {
        PackagedService process = member.process();
        if (!process.isAlive()) {
            return Optional.of(member + " has ended: " + lastLine(member));
        }
        boolean ready = process.isReady();
        boolean live = process.isLive();
        return ready && live
                ? Optional.empty()
                : Optional.of(member + " is " + (ready ? "ready" : "not ready") + " and " + (live ? "live" : "not live")
                        + ": " + lastLine(member));
    }

    @Override
    public void close() {
        watch.close();
        killAll();
        store.close();
        stack.close();
        links.values().forEach(Link::close);
    }

    /** Removes data and logs; after {@link #close}. */
    void forget() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }

    private static void signal(Member member, String signal) {
        try {
            Process kill = new ProcessBuilder(
                            "kill", "-" + signal, Long.toString(member.process().pid()))
                    .inheritIO()
                    .start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException(member + " could not be sent SIG" + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String lastLine(Member member) {
        try (Stream<String> lines = Files.lines(member.process().log())) {
            return lines.filter(line -> line.contains("ERROR") || line.contains("WARN"))
                    .reduce((earlier, later) -> later)
                    .orElse("nothing in its log");
        } catch (IOException | UncheckedIOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }
}
