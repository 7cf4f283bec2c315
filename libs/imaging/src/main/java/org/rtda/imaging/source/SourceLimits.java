package org.rtda.imaging.source;

import java.util.Objects;

/**
 * How much a source may hold before it is refused.
 *
 * @param zip of an archive
 * @param tableBytes length of a table; its text and its lines are held in memory, which takes about ten times as much
 */
public record SourceLimits(ZipLimits zip, int tableBytes) {
    /** For files on the machine of the person who imports them. */
    public static final SourceLimits DEFAULT = new SourceLimits(ZipLimits.DEFAULT, 256 << 20);

    public SourceLimits {
        Objects.requireNonNull(zip, "zip");
        if (tableBytes < 1) {
            throw new IllegalArgumentException("tableBytes must be at least 1, was " + tableBytes);
        }
    }
}
