package org.rtda.imaging.set;

import org.rtda.imaging.ImageFacts;
import org.rtda.imaging.source.ImageEntry;

/**
 * An image whose pixels are in the spool.
 *
 * @param sha256 of its file, in hexadecimal
 * @param place in the spool
 */
public record PreparedImage(ImageEntry entry, ImageFacts facts, String sha256, int place) {}
