package org.rtda.gateway.dataset;

import java.time.Duration;
import org.rtda.contracts.check.Check;
import org.rtda.imaging.ReadLimits;
import org.rtda.imaging.source.SourceLimits;
import org.rtda.imaging.source.ZipLimits;
import org.rtda.preparation.DecodingMemory;

/**
 * How much an archive of images may ask of the gateway.
 *
 * @param archiveBytes of all archives of one import together
 * @param preparedBytes of all images together as they are stored
 * @param time for reading the images
 * @param heapBytes of the whole process
 */
public record ArchiveLimits(long archiveBytes, long preparedBytes, Duration time, long heapBytes) {
    private static final int MOST_FILES = 20_000;
    /** Uncompressed DICOM files shrink to a third, synthetic ones to far less. */
    private static final long UNPACKED = 16;

    private static final int RATIO = 200;
    private static final int TABLE_BYTES = 8 << 20;
    private static final ReadLimits LARGEST_IMAGE = new ReadLimits(256L << 20, 32L << 20);

    public ArchiveLimits {
        Check.atLeast("archiveBytes", archiveBytes, 1);
        Check.atLeast("preparedBytes", preparedBytes, 1);
        Check.atLeast("heapBytes", heapBytes, 1);
    }

    SourceLimits source() {
        return new SourceLimits(new ZipLimits(MOST_FILES, UNPACKED * archiveBytes, RATIO), TABLE_BYTES);
    }

    /** One image at a time has two fifths of the heap: a mammogram of 14 million pixels in 512 MiB. The rest is for what else is asked. */
    ReadLimits image() {
        return DecodingMemory.limits(heapBytes / 5 * 2, LARGEST_IMAGE);
    }
}
