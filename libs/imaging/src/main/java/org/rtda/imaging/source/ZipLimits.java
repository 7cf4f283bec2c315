package org.rtda.imaging.source;

/**
 * What an archive may hold, found from its directory before anything is unpacked.
 *
 * @param entries how many
 * @param bytes of all entries together, unpacked
 * @param ratio how many times larger than packed an entry of more than a mebibyte may be
 */
public record ZipLimits(int entries, long bytes, int ratio) {
    /** For archives on the machine of the person who imports them. */
    public static final ZipLimits DEFAULT = new ZipLimits(500_000, 64L << 30, 200);
}
