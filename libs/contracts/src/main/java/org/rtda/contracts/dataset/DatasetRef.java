package org.rtda.contracts.dataset;

import org.rtda.contracts.check.Check;

/**
 * A data set, pinned to one import of it: {@code manifest} is the {@link DatasetManifest}.
 *
 * @param name name of the data set
 * @param manifest the {@link DatasetManifest} of one import of it
 */
public record DatasetRef(String name, ObjectRef manifest) {
    public DatasetRef {
        Check.name("dataset.name", name);
        Check.present("dataset.manifest", manifest);
    }
}
