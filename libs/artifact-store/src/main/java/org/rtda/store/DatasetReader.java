package org.rtda.store;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.check.Check;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.PreparedImages;
import org.rtda.core.ByteImage;

/** Reads images of imported data sets, keeping blocks it has read. Safe for use by several threads. */
public final class DatasetReader {
    /** The part of Java's heap that a reader keeps blocks in, where nobody says how much: an eighth. */
    static final int HEAP_FOR_CACHE = 8;

    private final ArtifactStore store;
    private final ByteCache cache;

    /** @param cacheBytes how much of blocks and manifests to keep in memory; 0 keeps nothing */
    public DatasetReader(ArtifactStore store, long cacheBytes) {
        this.store = store;
        this.cache = new ByteCache(cacheBytes);
    }

    /** @param cacheBytes as above; when empty, a share of the heap that this process may have: an eighth */
    public DatasetReader(ArtifactStore store, OptionalLong cacheBytes) {
        this(store, cacheBytes.orElseGet(() -> Runtime.getRuntime().maxMemory() / HEAP_FOR_CACHE));
    }

    long cacheBytes() {
        return cache.capacityBytes();
    }

    /** @throws ArtifactException when the manifest is missing, is not the one that the reference names, or is none */
    public DatasetManifest manifest(DatasetRef ref) {
        byte[] json = bytes(ref.manifest());
        try {
            return EventCodec.read(json, DatasetManifest.class);
        } catch (InvalidMessageException e) {
            throw new ArtifactCorruptException(ref.manifest().key(), "a data set's manifest", e.getMessage());
        }
    }

    /**
     * What is known of each image beside its pixels; empty where nobody said. Parsed at each call: callers keep what they need of
     * it.
     *
     * @throws ArtifactException when the manifest or the document is missing, corrupt or out of reach
     */
    public Optional<PreparedImages> images(DatasetRef ref) {
        ObjectRef images = manifest(ref).images();
        if (images == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(EventCodec.read(store.get(images), PreparedImages.class));
        } catch (InvalidMessageException e) {
            throw new ArtifactCorruptException(images.key(), "what is known of a data set's images", e.getMessage());
        }
    }

    /**
     * Images and labels as they were imported, in the order of the indices, which may repeat. Beside them one block is held in memory, and
     * what the cache keeps.
     *
     * @throws org.rtda.contracts.check.InvalidFieldException when the split is unknown or an index outside it
     * @throws ArtifactException when the manifest or a block is missing, corrupt or out of reach
     */
    public LabelledImages read(DatasetRef ref, String split, int[] indices) {
        DatasetManifest manifest = manifest(ref);
        DatasetManifest.Split known = manifest.split(split);
        int[] starts = new int[known.blocks().size()];
        int end = 0;
        for (int b = 0; b < starts.length; b++) {
            starts[b] = end;
            end += known.blocks().get(b).count();
        }
        // one block at a time: a batch of large images may touch every block of the split
        Map<Integer, List<Integer>> placesByBlock = new TreeMap<>();
        for (int i = 0; i < indices.length; i++) {
            Check.inRange("indices (of split " + split + ")", indices[i], 0, end - 1);
            placesByBlock
                    .computeIfAbsent(blockOf(starts, indices[i]), none -> new ArrayList<>())
                    .add(i);
        }
        ByteImage[] images = new ByteImage[indices.length];
        int[] labels = new int[indices.length];
        int imageBytes = manifest.channels() * manifest.height() * manifest.width();
        placesByBlock.forEach((b, places) -> {
            DatasetManifest.Block block = known.blocks().get(b);
            byte[] bytes = checkedBlock(block, imageBytes);
            for (int i : places) {
                int at = indices[i] - starts[b];
                byte[] pixels = Arrays.copyOfRange(bytes, at * imageBytes, (at + 1) * imageBytes);
                images[i] = new ByteImage(manifest.channels(), manifest.height(), manifest.width(), pixels);
                labels[i] = bytes[block.count() * imageBytes + at] & 0xff;
            }
        });
        return new LabelledImages(List.of(images), labels);
    }

    /**
     * The labels of a split, in its order. The first call reads the split's blocks; the labels are then kept apart from them, a
     * byte each.
     *
     * @throws org.rtda.contracts.check.InvalidFieldException when the split is unknown
     * @throws ArtifactException as for {@link #read}
     */
    public int[] labels(DatasetRef ref, String split) {
        String name = nameOf(ref.manifest()) + " labels of " + split;
        byte[] bytes = cache.find(name).orElseGet(() -> {
            byte[] read = labelBytes(manifest(ref), split);
            cache.put(name, read);
            return read;
        });
        int[] labels = new int[bytes.length];
        Arrays.setAll(labels, i -> bytes[i] & 0xff);
        return labels;
    }

    private byte[] labelBytes(DatasetManifest manifest, String split) {
        int imageBytes = manifest.channels() * manifest.height() * manifest.width();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (DatasetManifest.Block block : manifest.split(split).blocks()) {
            labels.write(checkedBlock(block, imageBytes), block.count() * imageBytes, block.count());
        }
        return labels.toByteArray();
    }

    /** Every image of a split, in its order. */
    public LabelledImages readAll(DatasetRef ref, String split) {
        int count = manifest(ref).split(split).count();
        int[] indices = new int[count];
        Arrays.setAll(indices, i -> i);
        return read(ref, split, indices);
    }

    private static int blockOf(int[] starts, int index) {
        int found = Arrays.binarySearch(starts, index);
        return found >= 0 ? found : -found - 2;
    }

    private byte[] checkedBlock(DatasetManifest.Block block, int imageBytes) {
        byte[] bytes = bytes(block.object());
        long wanted = block.count() * (imageBytes + 1L);
        if (bytes.length != wanted) {
            throw new ArtifactCorruptException(
                    block.object().key(), wanted + " bytes (" + block.count() + " images)", bytes.length + " bytes");
        }
        return bytes;
    }

    private byte[] bytes(ObjectRef object) {
        String name = nameOf(object);
        return cache.find(name).orElseGet(() -> {
            byte[] read = store.get(object);
            cache.put(name, read);
            return read;
        });
    }

    /** With the key: the SHA-256 of a reference to a transient object may not have been checked. */
    private static String nameOf(ObjectRef object) {
        return object.sha256() + " " + object.key();
    }
}
