package org.rtda.gateway.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.store.ArtifactStore;

/** Content that is served as a file, with its ETag. */
public sealed interface Artifact {
    /** Of an object of the store. It is read twice, once to check it, and never held. */
    static Artifact stored(ArtifactStore store, ObjectRef object) {
        return new Stored(store, object);
    }

    /** Of what was made for this request, and is made alike for the next. */
    static Artifact made(byte[] content) {
        return new Made(content, EntityTag.ofBytes(content));
    }

    /** As {@link #made(byte[])}, of a text in UTF-8. */
    static Artifact made(String content) {
        return made(content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Of what was made for this request, and is made with other bytes for the next, though it says the same.
     *
     * @param essence the content without what differs, for example without the time at which it was written
     */
    static Artifact made(String content, String essence) {
        return new Made(
                content.getBytes(StandardCharsets.UTF_8),
                EntityTag.ofText(essence).asWeak());
    }

    EntityTag tag();

    long sizeBytes();

    /**
     * Before the first byte of an answer is sent.
     *
     * @throws org.rtda.store.ArtifactException when the content is missing, altered or out of reach
     */
    void verify();

    /** @param part at least one byte, within the content */
    void write(ByteRange part, OutputStream out) throws IOException;

    /** In the store. */
    record Stored(ArtifactStore store, ObjectRef object) implements Artifact {
        @Override
        public EntityTag tag() {
            return new EntityTag(object.sha256(), false);
        }

        @Override
        public long sizeBytes() {
            return object.sizeBytes();
        }

        @Override
        public void verify() {
            store.verify(object);
        }

        @Override
        public void write(ByteRange part, OutputStream out) throws IOException {
            try (InputStream content = store.open(object, part.from(), part.length())) {
                content.transferTo(out);
            }
        }
    }

    /** In memory. */
    record Made(byte[] content, EntityTag tag) implements Artifact {
        @Override
        public long sizeBytes() {
            return content.length;
        }

        @Override
        public void verify() {
            // it is what it is
        }

        @Override
        public void write(ByteRange part, OutputStream out) throws IOException {
            out.write(content, Math.toIntExact(part.from()), Math.toIntExact(part.length()));
        }
    }
}
