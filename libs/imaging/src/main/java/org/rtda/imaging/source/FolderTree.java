package org.rtda.imaging.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files of a folder. Links are followed: the folder is the user's own. One that points at nothing is a file that cannot be read. */
final class FolderTree implements FileTree {
    static final int MOST_FILES = 2_000_000;

    private final Path root;
    private final List<String> paths;
    private final List<String> emptyFolders;

    private FolderTree(Path root, List<String> paths, List<String> emptyFolders) {
        this.root = root;
        this.paths = paths;
        this.emptyFolders = emptyFolders;
    }

    /** @throws InvalidSourceException when a folder cannot be read, links go in a circle, or there are too many files */
    static FolderTree of(Path root) {
        Gathering gathering = new Gathering(root);
        try {
            Files.walkFileTree(root, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, gathering);
        } catch (FileSystemLoopException e) {
            throw new InvalidSourceException(e.getMessage() + " is a link to a folder that it lies in", e);
        } catch (AccessDeniedException e) {
            throw new InvalidSourceException(
                    e.getMessage() + " may not be read; make it readable, or move the images to a folder of their own",
                    e);
        } catch (IOException e) {
            throw new InvalidSourceException(root + " cannot be looked through: " + e.getMessage(), e);
        }
        return new FolderTree(root, gathering.paths.stream().sorted().toList(), gathering.emptyFolders());
    }

    /** Takes every file but those that are left behind, whose folders are not entered. */
    private static final class Gathering extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<String> paths = new ArrayList<>();
        private final Set<String> folders = new TreeSet<>();

        private Gathering(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (isLeftBehind(folder)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            folders.add(relative(folder));
            return FileVisitResult.CONTINUE;
        }

        private List<String> emptyFolders() {
            Set<String> full = new HashSet<>(Set.of(""));
            for (String path : paths) {
                String folder = above(path);
                while (full.add(folder)) {
                    folder = above(folder);
                }
            }
            return folders.stream()
                    .filter(folder -> !full.contains(folder) && full.contains(above(folder)))
                    .toList();
        }

        private static String above(String path) {
            return path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // a link that is seen here points at nothing; it is listed as a file that cannot be read
            if ((attributes.isRegularFile() || attributes.isSymbolicLink()) && !isLeftBehind(file)) {
                if (paths.size() == MOST_FILES) {
                    throw new InvalidSourceException(root + " holds more than " + MOST_FILES
                            + " files; import parts of it as sets of their own");
                }
                paths.add(relative(file));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) throws IOException {
            if (isLeftBehind(file)) {
                return FileVisitResult.CONTINUE;
            }
            throw reason;
        }

        private boolean isLeftBehind(Path file) {
            return FileTree.isLeftBehind(relative(file));
        }

        private String relative(Path file) {
            return root.relativize(file).toString().replace('\\', '/');
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
    public List<String> emptyFolders() {
        return emptyFolders;
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
            throw new IOException(
                    Files.isSymbolicLink(file)
                            ? "is a link to a file that is not there; get the file, or remove the link"
                            : "is not there any more",
                    e);
        }
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
