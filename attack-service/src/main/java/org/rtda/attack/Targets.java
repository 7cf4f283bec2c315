package org.rtda.attack;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rtda.contracts.ObjectRef;
import org.rtda.core.ImageBatch;
import org.rtda.core.network.NetworkArchitecture;
import org.rtda.core.network.SafeTensors;
import org.rtda.nn.pytorch.FrozenNetwork;
import org.rtda.nn.pytorch.TorchEngine;
import org.rtda.store.ArtifactStore;

/**
 * The networks under attack, the most recently used ones kept in memory: the shards of a step name the same weights, and
 * so do the tasks of an evaluation. For one thread at a time.
 */
public final class Targets implements AutoCloseable {
    private final TorchEngine engine;
    private final ArtifactStore store;
    private final LinkedHashMap<String, FrozenNetwork> networks = new LinkedHashMap<>(16, 0.75f, true);
    private final int capacity;

    /** @param capacity networks kept, at least 1 */
    public Targets(TorchEngine engine, ArtifactStore store, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, was " + capacity);
        }
        this.engine = engine;
        this.store = store;
        this.capacity = capacity;
    }

    /** The network with these weights, for images of this shape; it belongs to this cache: do not close or keep it. */
    FrozenNetwork of(String network, ObjectRef weights, ImageBatch images, int classes) {
        String key = network + "/" + weights.sha256() + "/" + images.channels() + "x" + images.height() + "x"
                + images.width() + "/" + classes;
        FrozenNetwork known = networks.get(key);
        if (known != null) {
            return known;
        }
        NetworkArchitecture architecture =
                NetworkArchitecture.named(network, images.channels(), images.height(), images.width(), classes);
        FrozenNetwork made = new FrozenNetwork(
                engine, architecture, SafeTensors.decode(store.get(weights)).weights());
        networks.put(key, made);
        if (networks.size() > capacity) {
            Map.Entry<String, FrozenNetwork> oldest =
                    networks.entrySet().iterator().next();
            networks.remove(oldest.getKey());
            oldest.getValue().close();
        }
        return made;
    }

    @Override
    public void close() {
        networks.values().forEach(FrozenNetwork::close);
        networks.clear();
    }
}
