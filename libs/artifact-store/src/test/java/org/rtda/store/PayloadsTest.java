package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.EventCodec;
import org.rtda.contracts.Payload;
import org.rtda.contracts.check.InvalidMessageException;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.core.ImageBatch;

class PayloadsTest {
    private static final ImageBatch IMAGES = new ImageBatch(2, 1, 1, 2, new float[] {0f, 0.25f, 1f, 0.1f});

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    @Test
    void anArrayAsLargeAsTheLimitRidesInItsMessage() {
        Payload payload = new Payloads(store, 16).write("request", IMAGES);

        assertThat(payload.inline()).hasSize(16);
        assertThat(store.list("")).isEmpty();
        assertThat(new Payloads(store, 0).read(payload)).isEqualTo(IMAGES);
    }

    @Test
    void aLargerOneIsClaimedFromTheStoreAndRemovedWhenDiscarded() {
        Payloads payloads = new Payloads(store, 15);
        Payload payload = payloads.write("experiment/1/7/augmix-1/0", IMAGES);

        assertThat(payload.inline()).isNull();
        assertThat(store.list("transient/")).containsExactly("transient/experiment/1/7/augmix-1/0.f32");
        assertThat(payloads.read(payload)).isEqualTo(IMAGES);

        payloads.discard(payload);

        assertThat(store.list("")).isEmpty();
        assertThatThrownBy(() -> payloads.read(payload))
                .isInstanceOf(ArtifactMissingException.class)
                .hasMessageContaining("transient/experiment/1/7/augmix-1/0.f32");
    }

    @Test
    void valuesAreLittleEndian() {
        Payload payload = new Payloads(store, 100).write("r", new ImageBatch(1, 1, 1, 1, new float[] {1f}));

        assertThat(payload.inline()).containsExactly(0, 0, 0x80, 0x3f);
    }

    @Test
    void surviveJson() {
        Payload payload = new Payloads(store, 100).write("r", IMAGES);

        Payload read = EventCodec.read(EventCodec.write(payload), Payload.class);

        assertThat(new Payloads(store, 100).read(read)).isEqualTo(IMAGES);
    }

    @Test
    void changedBytesAreRefusedInlineAndInTheStore() {
        Payload inline = new Payloads(store, 100).write("r", IMAGES);
        inline.inline()[3] ^= 1;
        assertThatThrownBy(() -> new Payloads(store, 100).read(inline)).isInstanceOf(ArtifactCorruptException.class);

        Payload stored = new Payloads(store, 0).write("r", IMAGES);
        byte[] altered = store.find(stored.object().key()).orElseThrow();
        for (int i = 0; i < altered.length; i++) {
            altered[i] ^= 1;
            store.put(stored.object().key(), altered);
            assertThatThrownBy(() -> new Payloads(store, 0).read(stored))
                    .as("byte %d flipped", i)
                    .isInstanceOf(ArtifactCorruptException.class)
                    .hasMessageContaining("crc32c " + stored.object().crc32c());
            altered[i] ^= 1;
        }
        store.put(stored.object().key(), Arrays.copyOf(altered, 12));
        assertThatThrownBy(() -> new Payloads(store, 0).read(stored)).isInstanceOf(ArtifactCorruptException.class);
    }

    /** As builds write it that know no other sum. */
    @Test
    void anObjectWithoutTheFastSumIsReadAndCheckedByTheOther() {
        Payload stored = new Payloads(store, 0).write("r", IMAGES);
        ObjectRef object = new ObjectRef(stored.object().key(), stored.sha256(), 16);
        Payload older = new Payload(stored.shape(), stored.sha256(), null, object);
        assertThat(new Payloads(store, 0).read(older)).isEqualTo(IMAGES);

        byte[] other = new byte[16];
        store.put(object.key(), other);
        assertThatThrownBy(() -> new Payloads(store, 0).read(older))
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining(stored.sha256())
                .hasMessageContaining(Sha256.hex(other));
    }

    @Test
    void aReferenceToOtherBytesThanThePayloadsIsRefused() {
        Payload stored = new Payloads(store, 0).write("r", IMAGES);
        Payload forged = new Payload(stored.shape(), Sha256.hex(new byte[16]), null, stored.object());
        assertThatThrownBy(() -> new Payloads(store, 0).read(forged))
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining("sha256 " + forged.sha256())
                .hasMessageContaining("sha256 " + stored.sha256());
    }

    @Test
    void aShapeThatIsNotThatOfImagesIsABadMessage() {
        Payload good = new Payloads(store, 100).write("r", IMAGES);
        for (long[] shape : new long[][] {{4}, {2, 1, 2}, {1, 2, 1, 1, 2}}) {
            Payload bad = new Payload(shape, good.sha256(), good.inline(), null);
            assertThatThrownBy(() -> new Payloads(store, 100).read(bad))
                    .as(Arrays.toString(shape))
                    .isInstanceOf(InvalidMessageException.class);
        }
    }

    @Test
    void theLimitIsNotNegative() {
        assertThatThrownBy(() -> new Payloads(store, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("inlineLimitBytes must be at least 0, was -1");
    }
}
