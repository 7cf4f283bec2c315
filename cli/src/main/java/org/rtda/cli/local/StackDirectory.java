package org.rtda.cli.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.EventCodec;

/**
 * The folder of one stack: its state, secrets, logs and data. Only its owner can read it.
 *
 * <pre>
 * state.json     what was started, where it listens
 * secrets.json   the store's key pair
 * lock           held by the command that is starting or stopping
 * logs/          SERVICE.log, the run before as SERVICE.log.1
 * data/          the broker's, the store's and the gateway's
 * </pre>
 */
public final class StackDirectory {
    private static final ObjectMapper JSON = EventCodec.mapper();
    private static final String LOCK = "lock";

    private final Path root;

    public StackDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String service) {
        return logs().resolve(service + ".log");
    }

    Path data() {
        return root.resolve("data");
    }

    /** What was started last; nothing when nothing was, or when the file was damaged by a power cut. */
    public StackState state() {
        Path file = root.resolve("state.json");
        if (!Files.exists(file)) {
            return StackState.NONE;
        }
        try {
            return JSON.readValue(file.toFile(), StackState.class);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    file + " cannot be read (" + e.getOriginalMessage()
                            + "): end the processes it names, then remove it",
                    e);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void write(StackState state) {
        replace("state.json", EventCodec.write(state));
    }

    /** The stack's key pair, drawn when there is none yet. */
    Secrets secrets() {
        Path file = root.resolve("secrets.json");
        try {
            if (!Files.exists(file)) {
                replace("secrets.json", EventCodec.write(Secrets.random()));
            }
            return JSON.readValue(file.toFile(), Secrets.class);
        } catch (JacksonException e) {
            throw new CommandFailure(file + " cannot be read: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** An empty log for a service that is about to start; the run before keeps one generation. */
    Path newLog(String service) {
        try {
            create(logs());
            Path log = log(service);
            if (Files.exists(log)) {
                Files.move(log, logs().resolve(service + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            return Files.createFile(log);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Forgets all data of the broker, the store and the gateway. */
    void deleteData() {
        if (!Files.exists(data())) {
            return;
        }
        try (Stream<Path> paths = Files.walk(data())) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * The right to start and stop this stack's processes, until it is closed or this process ends, however it ends.
     *
     * @throws CommandFailure when another process has it
     */
    public Lock lock() {
        try {
            create(root);
            FileChannel channel = FileChannel.open(
                    root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                String holder = read(channel);
                channel.close();
                throw new CommandFailure("another rtda command" + (holder.isEmpty() ? "" : " (pid " + holder + ")")
                        + " is at work in " + root + "; wait until it has ended");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new Lock(this, channel);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** See {@link #lock}. */
    public static final class Lock implements AutoCloseable {
        private final StackDirectory directory;
        private final FileChannel channel;

        private Lock(StackDirectory directory, FileChannel channel) {
            this.directory = directory;
            this.channel = channel;
        }

        StackDirectory directory() {
            return directory;
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new CommandFailure("the lock could not be released: " + e.getMessage(), e);
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // another thread of this process has it
            return false;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    }

    private void replace(String name, byte[] content) {
        try {
            create(root);
            Path part = Files.createTempFile(root, name, ".part");
            Files.write(part, content);
            Files.move(part, root.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private CommandFailure failure(IOException e) {
        return new CommandFailure(
                "the folder " + root + " cannot be used: "
                        + e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage(),
                e);
    }
}
