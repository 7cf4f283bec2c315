package org.rtda.contracts.dataset;

import org.rtda.contracts.check.Check;

/** A data set, pinned to one import of it: {@code manifest} is the {@link DatasetManifest}. */
public record DatasetRef(String name, ObjectRef manifest) {
    public DatasetRef {
        Check.name("dataset.name", name);
        Check.present("dataset.manifest", manifest);
    }
}
