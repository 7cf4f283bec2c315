package org.rtda.evaluator.context;

import org.rtda.core.ImageBatch;

/**
 * Images of a split as they were imported.
 *
 * @param indices their places in the split
 * @param labels their classes, each below the number of classes
 */
public record CleanBatch(int[] indices, ImageBatch images, int[] labels) {}
