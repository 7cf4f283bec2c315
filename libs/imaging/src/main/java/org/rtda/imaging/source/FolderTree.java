package org.rtda.imaging.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder. Links are followed: the folder is the user's own. */
final class FolderTree implements FileTree {
    static final int MOST_FILES = 2_000_000;

    private final Path root;
    private final List<String> paths;

    private FolderTree(Path root, List<String> paths) {
        this.root = root;
        this.paths = paths;
    }

    static FolderTree of(Path root) {
        try (Stream<Path> found = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            List<String> paths = found.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> !FileTree.isLeftBehind(path))
                    .limit(MOST_FILES + 1L)
                    .sorted()
                    .toList();
            if (paths.size() > MOST_FILES) {
                throw new InvalidSourceException(
                        root + " holds more than " + MOST_FILES + " files; import parts of it as sets of their own");
            }
            return new FolderTree(root, paths);
        } catch (IOException | UncheckedIOException e) {
            Throwable reason = e instanceof UncheckedIOException ? e.getCause() : e;
            throw new InvalidSourceException(
                    root + " cannot be looked through: "
                            + (reason instanceof FileSystemLoopException
                                    ? reason.getMessage() + " is a link to a folder that it lies in"
                                    : reason.getMessage()),
                    e);
        }
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public byte[] read(String path, long limit) throws IOException {
        Path file = root.resolve(path);
        try (InputStream content = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size > limit) {
                throw new IOException("has " + size + " bytes; at most " + limit + " are read");
            }
            return content.readNBytes((int) Math.min(limit, Integer.MAX_VALUE - 8));
        } catch (NoSuchFileException e) {
            throw new IOException("is not there any more", e);
        }
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
