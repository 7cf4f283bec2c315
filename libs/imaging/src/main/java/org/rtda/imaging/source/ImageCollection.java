package org.rtda.imaging.source;

import java.util.List;

/**
 * The images of a folder, a table or an archive, before any was opened.
 *
 * @param kind {@code folder}, {@code table} or {@code zip}
 * @param isByTable whether a table names them, or their folders do
 * @param files where they are read from; whoever has the collection closes it
 * @param entries in the order of the table, or by path
 * @param refused what is there and is no image of the set
 * @param notes what somebody should know of how it was understood, one sentence each
 */
public record ImageCollection(
        String kind,
        boolean isByTable,
        FileTree files,
        List<ImageEntry> entries,
        List<RefusedFile> refused,
        List<String> notes)
        implements AutoCloseable {

    public ImageCollection {
        entries = List.copyOf(entries);
        refused = List.copyOf(refused);
        notes = List.copyOf(notes);
    }

    ImageCollection withKind(String name) {
        return new ImageCollection(name, isByTable, files, entries, refused, notes);
    }

    @Override
    public void close() {
        files.close();
    }
}
