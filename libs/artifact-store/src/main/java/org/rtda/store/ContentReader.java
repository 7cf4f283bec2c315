package org.rtda.store;

import java.io.IOException;
import java.io.InputStream;

/**
 * Makes something of an object's bytes while they come. Whether they are the right ones is known at their end, so it may be given
 * other bytes: it has no effect but its result, which nobody sees then. It may be called again, when the store goes away in between.
 */
@FunctionalInterface
public interface ContentReader<T> {
    /** @throws IOException when the stream fails, or ends before the reader has what it needs */
    T from(InputStream object) throws IOException;
}
