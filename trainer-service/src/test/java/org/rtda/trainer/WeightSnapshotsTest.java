package org.rtda.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.ObjectKeys;
import org.rtda.core.Seed;
import org.rtda.core.network.Initialization;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.Weights;
import org.rtda.store.InMemoryArtifactStore;

class WeightSnapshotsTest {
    private static final Weights WEIGHTS =
            Initialization.weights(NetworkArchitecture.named("resnet8", 1, 8, 8, 2), new Seed(7));

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    /** Workers wait for a snapshot, and nobody waits for a removal. */
    @Test
    void aSnapshotDoesNotWaitBehindTheRemovalOfEarlierOnes() {
        List<Runnable> removals = new ArrayList<>();
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            WeightSnapshots snapshots = new WeightSnapshots(store, "e", 1, 0, beside, removals::add);
            for (long version = 0; version <= 2; version++) {
                snapshots.publish(version, WEIGHTS, written -> {});
                snapshots.removeBefore(version);
            }
            assertThat(snapshots.await(2).key()).isEqualTo(ObjectKeys.snapshot("e", 1, 2));
            assertThat(store.list("transient/")).as("none is removed yet").hasSize(3);

            removals.forEach(Runnable::run);
            assertThat(store.list("transient/")).containsExactly(ObjectKeys.snapshot("e", 1, 2));
        } finally {
            beside.shutdownNow();
        }
    }
}
