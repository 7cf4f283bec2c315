package org.rtda.store.npz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.store.DatasetDescription;
import org.rtda.store.DatasetImporter;
import org.rtda.store.DatasetReader;
import org.rtda.store.Datasets;
import org.rtda.store.InMemoryArtifactStore;
import org.rtda.store.InvalidDatasetException;

/** Whatever happens to a file's bytes, it is imported whole and sound, or refused as {@link InvalidDatasetException}. */
class NpzFuzzTest {
    private static final byte[] DEFLATED = NpzBytes.small().deflated();
    private static final byte[] STORED = NpzBytes.small().stored();

    private static Path file;

    @BeforeContainer
    static void makeFile() throws IOException {
        file = Files.createTempFile("fuzz", ".npz");
    }

    @AfterContainer
    static void removeFile() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 200)
    void aFileCutAnywhereIsRefused(@ForAll boolean stored, @ForAll @IntRange(max = 1 << 20) int at) throws IOException {
        byte[] whole = stored ? STORED : DEFLATED;

        assertThat(isImported(Arrays.copyOf(whole, at % whole.length))).isFalse();
    }

    @Property(tries = 800)
    void flippedBytesAreRefusedOrHarmless(
            @ForAll boolean stored,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 1 << 20) Integer> places,
            @ForAll @IntRange(min = 1, max = 255) int flip)
            throws IOException {
        byte[] bytes = (stored ? STORED : DEFLATED).clone();
        places.forEach(place -> bytes[place % bytes.length] ^= (byte) flip);

        isImported(bytes);
    }

    @Property(tries = 200)
    void aHeaderOfAnyTextIsRefusedOrHarmless(@ForAll @Size(max = 200) byte[] values, @ForAll String text)
            throws IOException {
        String fitting = text.substring(0, Math.min(text.length(), 1000));

        isImported(NpzBytes.small().header("val_images", fitting, 1, values).deflated());
        isImported(NpzBytes.small()
                .array("val_images", "|u1", "(" + fitting + ")", values)
                .deflated());
    }

    /** Whether the bytes were taken for a data set; one that was must read back in full, one that was not leaves nothing. */
    private static boolean isImported(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        try {
            new DatasetImporter(store).importFrom("fuzzed", NpzDataset.of(file), DatasetDescription.of("p", "l"));
        } catch (InvalidDatasetException e) {
            assertThat(e).hasMessageStartingWith("").message().isNotBlank();
            assertThat(store.list("")).isEmpty();
            return false;
        }
        DatasetRef ref = new Datasets(store).find("fuzzed").orElseThrow();
        DatasetReader reader = new DatasetReader(store, 0);
        for (String split : reader.manifest(ref).splits().keySet()) {
            assertThat(reader.readAll(ref, split).labels())
                    .hasSize(reader.manifest(ref).split(split).count());
        }
        return true;
    }
}
