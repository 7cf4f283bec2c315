package org.rtda.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An attack worker joins whose clock is wrong. A store refuses calls whose time is more than a quarter of an hour off, so
 * such a worker can do nothing: its work must go to others.
 *
 * @param shift as libfaketime takes it, such as {@code +1h}
 */
record WrongClock(String name, String shift) implements Fault {
    /** Names the library where it lies elsewhere. */
    private static final String LIBRARY = "LIBFAKETIME";

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

    @Override
    public String description() {
        return "a third attack worker joins whose clock is off by " + shift + "; needs libfaketime";
    }

    @Override
    public Optional<String> obstacle() {
        return library().isPresent()
                ? Optional.empty()
                : Optional.of("libfaketime is not installed, and " + LIBRARY + " names no file");
    }

    @Override
    public void happen(Trial trial) {
        SystemUnderTest.Member member = trial.system()
                .start(
                        Role.ATTACK_WORKER,
                        Map.of(
                                "LD_PRELOAD",
                                library().orElseThrow().toString(),
                                "FAKETIME",
                                shift,
                                "FAKETIME_DONT_FAKE_MONOTONIC",
                                "1"),
                        List.of());
        // whether it counts itself ready is its own affair; what it takes and cannot do is not
        trial.system()
                .watch()
                .await(
                        () -> trial.isOver() || member.process().isLive(),
                        trial.system().limits().soon());
    }

    private static Optional<Path> library() {
        return Stream.concat(Optional.ofNullable(System.getenv(LIBRARY)).map(Path::of).stream(), LIBRARIES.stream())
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
