package org.rtda.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.store.ArtifactStore;
import org.rtda.store.ContentReader;

class ProgressStoreTest {
    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final ObjectRef REF = new ObjectRef("key", "0".repeat(64), 3);

    private final AtomicLong now = new AtomicLong();
    private final WorkProgress progress = new WorkProgress(now::get);
    private final ArtifactStore store = new ProgressStore(new Streaming(), progress);

    /** Hands out streams, and never a whole object. */
    private record Streaming() implements ArtifactStore {
        @Override
        public ObjectRef put(String key, byte[] content) {
            return REF;
        }

        @Override
        public byte[] get(ObjectRef ref) {
            throw new AssertionError("the whole object was read");
        }

        @Override
        public <T> T read(ObjectRef ref, ContentReader<T> reader) {
            return null;
        }

        @Override
        public void verify(ObjectRef ref) {
            // it is as it should be
        }

        @Override
        public InputStream open(ObjectRef ref, long from, long length) {
            return new ByteArrayInputStream(new byte[(int) length]);
        }

        @Override
        public Optional<byte[]> find(String key) {
            return Optional.empty();
        }

        @Override
        public List<String> list(String prefix) {
            return List.of();
        }

        @Override
        public void delete(String key) {
            // it is gone
        }
    }

    private Duration stalledAfter(Runnable call) {
        now.addAndGet(PAUSE.toNanos());
        assertThat(progress.stalledFor()).isEqualTo(PAUSE);
        call.run();
        return progress.stalledFor();
    }

    @Test
    void everyAnswerIsAMovement() {
        progress.taskBegan();

        assertThat(List.<Runnable>of(
                        () -> store.put("key", new byte[3]),
                        () -> store.write("key", 3, out -> out.write(new byte[3])),
                        () -> store.read(REF, InputStream::read),
                        () -> store.verify(REF),
                        () -> store.open(REF, 0, 2),
                        () -> store.find("key"),
                        () -> store.list("k"),
                        () -> store.delete("key")))
                .allSatisfy(call -> assertThat(stalledAfter(call)).isZero());
    }
}
