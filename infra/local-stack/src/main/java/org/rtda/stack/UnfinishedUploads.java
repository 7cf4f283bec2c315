package org.rtda.stack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * What uploads that were cut off leave among the files of the store: a file beside the object, named as the object and a UUID, without the
 * attribute that the store gives an upload when all of it is there. The store fails every listing that meets such a file, and never removes it.
 */
final class UnfinishedUploads {
    /** Given by the store, when it has the whole object. */
    private static final String WHOLE = "user.content-md5";

    private static final Pattern NAME = Pattern.compile(".+-\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private UnfinishedUploads() {}

    /**
     * Removes them from a folder and all below it, in which nobody may be writing.
     *
     * @return whether there were any
     */
    static boolean removeFrom(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        AtomicBoolean removed = new AtomicBoolean();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (NAME.matcher(file.getFileName().toString()).matches() && !isWhole(file)) {
                        Files.delete(file);
                        removed.set(true);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new StackFailure(
                    "what cut uploads left in " + folder + " cannot be removed: " + e.getMessage()
                            + "; the folder must be writable, on a file system with extended attributes",
                    e);
        }
        return removed.get();
    }

    private static boolean isWhole(Path file) throws IOException {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                .list()
                .contains(WHOLE);
    }
}
