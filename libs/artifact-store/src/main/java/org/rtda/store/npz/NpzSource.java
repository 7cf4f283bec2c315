package org.rtda.store.npz;

import java.nio.file.Path;
import org.rtda.contracts.check.Check;

/**
 * A file that somebody gives, and what they call it: an upload lies under a name that its owner has never seen.
 *
 * @param path where it lies
 * @param name by which messages call it, without folders; public data sets are known by it, too
 */
public record NpzSource(Path path, String name) {
    public NpzSource {
        Check.present("path", path);
        Check.present("name", name);
    }

    /** A file under its own name. */
    public static NpzSource of(Path path) {
        return new NpzSource(path, path.getFileName().toString());
    }
}
