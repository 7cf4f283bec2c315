package org.rtda.store;

import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;

/**
 * One import of a data set.
 *
 * @param ref what experiments pin it by
 * @param latest whether it is the one that new experiments take
 */
public record DatasetVersion(DatasetRef ref, DatasetManifest manifest, boolean latest) {}
