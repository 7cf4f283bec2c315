package org.rtda.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A cache of byte arrays up to a total size, by a name that stands for one content; the least recently used one is
 * dropped first. Safe for several threads.
 */
final class ByteCache {
    private final long capacityBytes;
    private final Map<String, byte[]> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long sizeBytes;

    ByteCache(long capacityBytes) {
        if (capacityBytes < 0) {
            throw new IllegalArgumentException("cacheBytes must be at least 0, was " + capacityBytes);
        }
        this.capacityBytes = capacityBytes;
    }

    synchronized Optional<byte[]> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    synchronized void put(String name, byte[] content) {
        if (content.length > capacityBytes || entries.putIfAbsent(name, content) != null) {
            return;
        }
        sizeBytes += content.length;
        Iterator<byte[]> oldest = entries.values().iterator();
        while (sizeBytes > capacityBytes) {
            sizeBytes -= oldest.next().length;
            oldest.remove();
        }
    }

    long capacityBytes() {
        return capacityBytes;
    }

    synchronized long sizeBytes() {
        return sizeBytes;
    }
}
