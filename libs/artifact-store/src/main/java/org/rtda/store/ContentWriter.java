package org.rtda.store;

import java.io.IOException;
import java.io.OutputStream;

/** Writes an object's bytes piece by piece. It may be called again, when the store goes away in between, and writes the same then. */
@FunctionalInterface
public interface ContentWriter {
    /** @throws IOException when the stream does not take them; a writer has no failures of its own */
    void writeTo(OutputStream object) throws IOException;
}
