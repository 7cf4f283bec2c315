package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.store.npz.NpzBytes;
import org.rtda.store.npz.NpzDataset;

class DatasetReaderTest {
    /** Bytes of a block of 12 images of 8 x 8 with their labels. */
    private static final int TRAIN_BLOCK = 12 * 65;

    private final StoppingStore store = new StoppingStore(1000);

    @TempDir
    Path folder;

    private DatasetRef ref;

    @BeforeEach
    void importSmall() throws IOException {
        Path file = Files.write(folder.resolve("small.npz"), NpzBytes.small().deflated());
        new DatasetImporter(store).importFrom("small", NpzDataset.of(file), DatasetDescription.of("p", "l"));
        ref = new Datasets(store).find("small").orElseThrow();
    }

    @Test
    void manifestAndBlockAreFetchedOnceWhileTheyFitTheCache() {
        DatasetReader reader = new DatasetReader(store, 1 << 20);
        for (int i = 0; i < 12; i++) {
            reader.read(ref, "train", new int[] {i});
        }

        assertThat(store.reads()).isEqualTo(2);
    }

    @Test
    void theLabelsOfASplitAreReadOnceAndKeptWithoutItsPixels() {
        int[] wanted = new DatasetReader(store, 0).readAll(ref, "train").labels();
        // less than a block
        DatasetReader reader = new DatasetReader(store, TRAIN_BLOCK - 1);
        assertThat(reader.labels(ref, "train")).isEqualTo(wanted);
        long reads = store.reads();

        assertThat(reader.labels(ref, "train")).isEqualTo(wanted);
        assertThat(store.reads()).isEqualTo(reads);
        assertThat(reader.labels(ref, "val")).hasSize(4);
    }

    /** Of a transient object only the CRC-32C is checked, so its SHA-256 may be another object's. */
    @Test
    void anObjectThatClaimsTheSumOfAnotherIsNotTakenForIt() {
        DatasetReader reader = new DatasetReader(store, 1 << 20);
        byte[] forged = new String(store.get(ref.manifest()), StandardCharsets.UTF_8)
                .replaceFirst("\"small\"", "\"forge\"")
                .getBytes(StandardCharsets.UTF_8);
        String key = "transient/forged/manifest";
        store.put(key, forged);
        CRC32C sum = new CRC32C();
        sum.update(forged);
        ObjectRef claimed = new ObjectRef(
                key, ref.manifest().sha256(), forged.length, HexFormat.of().toHexDigits((int) sum.getValue()));

        assertThat(reader.manifest(new DatasetRef("forge", claimed)).name()).isEqualTo("forge");
        assertThat(reader.manifest(ref).name()).isEqualTo("small");
    }

    @Test
    void labelsOfAnUnknownSplitAreRefused() {
        assertThatThrownBy(() -> new DatasetReader(store, 0).labels(ref, "tset"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("split must be one of [test, train, val], was tset");
    }

    @Test
    void withoutACacheEveryReadFetchesButNoBlockTwice() {
        DatasetReader reader = new DatasetReader(store, 0);
        reader.read(ref, "train", new int[] {0, 5, 11, 0});
        reader.read(ref, "train", new int[] {0});

        assertThat(store.reads()).isEqualTo(4);
    }

    /** At 224 pixels a block has 16 MiB, and a shuffled batch touches all of them. */
    @Test
    void oneBlockAtATimeIsHeldHoweverManyABatchTouches() throws IOException {
        int count = 4 * DatasetImporter.BLOCK_IMAGES;
        Path file = Files.write(
                folder.resolve("four-blocks.npz"),
                NpzBytes.small()
                        .images("train", count, 8, 8)
                        .labels("train", count)
                        .deflated());
        List<WeakReference<byte[]>> given = new ArrayList<>();
        List<Long> held = new ArrayList<>();
        StoppingStore watched = new StoppingStore(1000) {
            @Override
            public byte[] get(ObjectRef ref) {
                System.gc();
                held.add(given.stream().filter(block -> block.get() != null).count());
                byte[] bytes = super.get(ref).clone();
                given.add(new WeakReference<>(bytes));
                return bytes;
            }
        };
        new DatasetImporter(watched).importFrom("four-blocks", NpzDataset.of(file), DatasetDescription.of("p", "l"));
        DatasetRef four = new Datasets(watched).find("four-blocks").orElseThrow();
        DatasetReader reader = new DatasetReader(watched, 0);
        given.clear();
        held.clear();
        int[] indices = IntStream.range(0, 40)
                .map(i -> (i % 4) * DatasetImporter.BLOCK_IMAGES + i)
                .toArray();

        LabelledImages read = reader.read(four, "train", indices);

        for (int i = 0; i < indices.length; i++) {
            assertThat(read.images().get(i).data()[0]).as("image " + indices[i]).isEqualTo((byte) (31 * indices[i]));
            assertThat(read.labels()[i]).isEqualTo(indices[i] % 2);
        }
        assertThat(held).as("the manifest and four blocks are read").hasSize(5);
        assertThat(held).as("beside the one that is read").allMatch(blocks -> blocks <= 1);
    }

    @Test
    void whereNobodySaysHowMuchTheCacheHasAnEighthOfTheHeap() {
        assertThat(new DatasetReader(store, OptionalLong.empty()).cacheBytes())
                .isEqualTo(Runtime.getRuntime().maxMemory() / 8);
        assertThat(new DatasetReader(store, OptionalLong.of(7)).cacheBytes()).isEqualTo(7);
    }

    @Test
    void theCacheStaysWithinItsBoundAndDropsWhatWasNotUsedForLongest() {
        ByteCache cache = new ByteCache(100);
        cache.put("a", new byte[40]);
        cache.put("b", new byte[40]);
        assertThat(cache.find("a")).isPresent();
        cache.put("c", new byte[40]);

        assertThat(cache.find("b")).isEmpty();
        assertThat(cache.find("a")).isPresent();
        assertThat(cache.find("c")).isPresent();
        assertThat(cache.sizeBytes()).isEqualTo(80);

        cache.put("larger than all", new byte[101]);
        cache.put("a", new byte[40]);
        assertThat(cache.find("larger than all")).isEmpty();
        assertThat(cache.sizeBytes()).isEqualTo(80);

        cache.put("all of it", new byte[100]);
        assertThat(cache.sizeBytes()).isEqualTo(100);
    }

    @Test
    void anIndexOutsideTheSplitIsRefusedWithWhatIsAllowed() {
        DatasetReader reader = new DatasetReader(store, TRAIN_BLOCK);
        for (int index : new int[] {-1, 12, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> reader.read(ref, "train", new int[] {0, index}))
                    .isInstanceOf(InvalidFieldException.class)
                    .hasMessage("indices (of split train) must be in [0, 11], was " + index);
        }
        assertThatThrownBy(() -> reader.read(ref, "tset", new int[] {0}))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("split must be one of [test, train, val], was tset");
    }

    @Test
    void aDamagedBlockIsNamed() {
        ObjectRef block = new DatasetReader(store, 0)
                .manifest(ref)
                .split("train")
                .blocks()
                .get(0)
                .object();
        byte[] damaged = store.get(block);
        damaged[5] ^= 1;
        store.put(block.key(), damaged);

        assertThatThrownBy(() -> new DatasetReader(store, 1 << 20).read(ref, "train", new int[] {0}))
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining(block.key());
        assertThat(new DatasetReader(store, 1 << 20).readAll(ref, "val").labels())
                .hasSize(4);
    }

    @Test
    void aLostManifestIsMissingAndAForeignOneCorrupt() {
        DatasetReader reader = new DatasetReader(store, 0);
        store.delete(ref.manifest().key());
        assertThatThrownBy(() -> reader.manifest(ref))
                .isInstanceOf(ArtifactMissingException.class)
                .hasMessageContaining(ref.manifest().key());

        ObjectRef foreign = store.put("datasets/other/manifest.json", "{\"a\":1".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> reader.manifest(new DatasetRef("other", foreign)))
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining("datasets/other/manifest.json")
                .hasMessageContaining("DatasetManifest");
        assertThatThrownBy(() -> new Datasets(store).list())
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining(ObjectKeys.manifest("other"));
    }

    @Test
    void severalThreadsReadTheSame() throws InterruptedException, ExecutionException {
        DatasetReader reader = new DatasetReader(store, TRAIN_BLOCK);
        LabelledImages wanted = new DatasetReader(store, 0).readAll(ref, "train");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<LabelledImages>> read = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String other = i % 2 == 0 ? "val" : "test";
                read.add(threads.submit(() -> {
                    reader.readAll(ref, other);
                    return reader.readAll(ref, "train");
                }));
            }
            for (Future<LabelledImages> each : read) {
                assertThat(each.get()).isEqualTo(wanted);
            }
        } finally {
            threads.shutdown();
        }
    }
}
