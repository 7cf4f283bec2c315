package org.rtda.imaging.set;

import org.rtda.imaging.ImageFacts;
import org.rtda.imaging.source.ImageEntry;

/**
 * An image whose pixels are in the spool.
 *
 * @param bits depth of its samples as they were read, 1 to 16
 * @param sha256 of its file, in hexadecimal
 * @param place in the spool
 */
public record PreparedImage(ImageEntry entry, ImageFacts facts, int bits, String sha256, int place) {}
