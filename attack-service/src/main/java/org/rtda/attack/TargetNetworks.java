package org.rtda.attack;

import java.util.Iterator;
import java.util.LinkedHashMap;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.settings.InputNormalization;
import org.rtda.core.ImageBatch;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.nn.pytorch.engine.FrozenNetwork;
import org.rtda.nn.pytorch.engine.TorchEngine;
import org.rtda.store.ArtifactStore;

/**
 * The networks under attack, the most recently used ones kept in memory: the shards of a step name the same weights, and
 * so do the tasks of an evaluation. One that somebody uses is kept in any case; one that nobody uses rests as soon as
 * another is used. For one thread at a time.
 */
public final class TargetNetworks implements AutoCloseable {
    private final TorchEngine engine;
    private final ArtifactStore store;
    private final LinkedHashMap<Key, Held> networks = new LinkedHashMap<>(16, 0.75f, true);
    private final int capacity;

    /** @param capacity networks kept, at least 1 */
    public TargetNetworks(TorchEngine engine, ArtifactStore store, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, was " + capacity);
        }
        this.engine = engine;
        this.store = store;
        this.capacity = capacity;
    }

    /**
     * The network with these weights, for images of this shape, until the lease is closed.
     *
     * @param normalization its first layer; null for [-1,1]
     */
    Lease lease(String network, ObjectRef weights, InputNormalization normalization, ImageBatch images, int classes) {
        Key key = new Key(network, weights, normalization, images.channels(), images.height(), images.width(), classes);
        Held held = networks.get(key);
        if (held == null) {
            held = new Held(new FrozenNetwork(
                    engine,
                    key.architecture(),
                    store.read(weights, file -> SafeTensors.decode(file, weights.sizeBytes()))
                            .weights()));
            networks.put(key, held);
        }
        Lease lease = new Lease(held);
        closeOldest();
        networks.values().stream().filter(each -> each.leases == 0).forEach(each -> each.network.rest());
        return lease;
    }

    private void closeOldest() {
        Iterator<Held> oldestFirst = networks.values().iterator();
        while (networks.size() > capacity && oldestFirst.hasNext()) {
            Held held = oldestFirst.next();
            if (held.leases == 0) {
                oldestFirst.remove();
                held.network.close();
            }
        }
    }

    /** Closes all that nobody uses, where memory is short. */
    void closeUnused() {
        networks.values().removeIf(held -> {
            if (held.leases == 0) {
                held.network.close();
            }
            return held.leases == 0;
        });
    }

    /** Networks in memory. */
    int size() {
        return networks.size();
    }

    /**
     * The weights by all that their reference says: its SHA-256 alone would be a claim that nobody has checked where the object is
     * transient, and other weights could be given out for those of a model.
     *
     * @param normalization null where the request leaves the network's own, to [-1,1]
     */
    private record Key(
            String network,
            ObjectRef weights,
            InputNormalization normalization,
            int channels,
            int height,
            int width,
            int classes) {
        private NetworkArchitecture architecture() {
            NetworkArchitecture named = NetworkArchitecture.named(network, channels, height, width, classes);
            return normalization == null ? named : named.normalizedBy(normalization.mean(), normalization.deviation());
        }
    }

    private static final class Held {
        private final FrozenNetwork network;
        private int leases;

        private Held(FrozenNetwork network) {
            this.network = network;
        }
    }

    /** Keeps a network open; to be closed once. */
    static final class Lease implements AutoCloseable {
        private final Held held;

        private Lease(Held held) {
            this.held = held;
            held.leases++;
        }

        FrozenNetwork network() {
            return held.network;
        }

        @Override
        public void close() {
            held.leases--;
        }
    }

    @Override
    public void close() {
        networks.values().forEach(held -> held.network.close());
        networks.clear();
    }
}
