package org.rtda.imaging.source;

import java.io.IOException;
import java.util.List;

/** Files below one place, by their paths. Safe for use by several threads. */
public interface FileTree extends AutoCloseable {

    /** What its owner calls it. */
    String name();

    /** Paths with {@code /}, sorted; without hidden files and what operating systems leave behind. */
    List<String> paths();

    /** Folders without a file in them or below them, sorted, the outermost only; archives say nothing of such. */
    default List<String> emptyFolders() {
        return List.of();
    }

    /**
     * A file's content.
     *
     * @param limit of its length in bytes
     * @throws IOException when it cannot be read or is longer; the message says what is wrong, without the file's name
     */
    byte[] read(String path, long limit) throws IOException;

    @Override
    void close();

    /** Whether a path is of what operating systems and programs leave behind. */
    static boolean isLeftBehind(String path) {
        for (String part : path.split("/")) {
            if (part.startsWith(".")
                    || part.equals("__MACOSX")
                    || part.equals("lost+found")
                    || part.equals("Thumbs.db")
                    || part.equals("desktop.ini")) {
                return true;
            }
        }
        return false;
    }
}
