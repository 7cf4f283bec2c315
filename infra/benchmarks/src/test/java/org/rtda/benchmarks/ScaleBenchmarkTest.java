package org.rtda.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ObjectKeys;
import org.rtda.store.ArtifactStore;
import org.rtda.store.InMemoryArtifactStore;

class ScaleBenchmarkTest {
    /** The store checks what {@code put} sends to it once more, and keeps objects under other keys in another way. */
    @Test
    void aSnapshotIsWrittenAsTheTrainerWritesIt() {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        List<String> calls = new ArrayList<>();
        ArtifactStore watched = (ArtifactStore) Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, call, arguments) -> {
                    calls.add(call.getName() + " " + arguments[0]);
                    return call.invoke(store, arguments);
                });

        assertThat(ScaleBenchmark.snapshotMillis(watched)).isPositive();

        // 40 to warm up, 40 that count
        List<String> expected = new ArrayList<>();
        for (int version = 0; version < 80; version++) {
            String key = ObjectKeys.snapshot("scale-snapshots", 1, version);
            expected.addAll(List.of("write " + key, "delete " + key));
        }
        assertThat(calls).isEqualTo(expected);
        assertThat(store.list("")).isEmpty();
    }
}
