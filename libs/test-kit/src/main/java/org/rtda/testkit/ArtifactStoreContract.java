package org.rtda.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.store.ArtifactCorruptException;
import org.rtda.store.ArtifactMissingException;
import org.rtda.store.ArtifactStore;

/** What every store must do. A test of a store extends it. */
public abstract class ArtifactStoreContract {
    private static final String HELLO_SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    /** The store under test; it holds nothing under {@code contract/} when a test begins. */
    protected abstract ArtifactStore store();

    @Test
    void anObjectReadsBackAndItsReferenceNamesItsContent() {
        ObjectRef ref = store().put("contract/hello", bytes("hello"));

        assertThat(ref).isEqualTo(new ObjectRef("contract/hello", HELLO_SHA256, 5));
        assertThat(store().get(ref)).isEqualTo(bytes("hello"));
        assertThat(store().find("contract/hello")).hasValue(bytes("hello"));
    }

    @Test
    void anEmptyObjectIsAnObject() {
        ObjectRef ref = store().put("contract/empty", new byte[0]);

        assertThat(ref.sizeBytes()).isZero();
        assertThat(store().get(ref)).isEmpty();
    }

    @Test
    void aLargeObjectOfEveryByteValueReadsBack() {
        byte[] content = new byte[9 << 20];
        new Random(1).nextBytes(content);

        assertThat(store().get(store().put("contract/large", content))).isEqualTo(content);
    }

    @Test
    void putReplacesAndTheOldReferenceIsRefusedFromThenOn() {
        ObjectRef before = store().put("contract/replaced", bytes("before"));
        ObjectRef after = store().put("contract/replaced", bytes("after!"));

        assertThat(store().get(after)).isEqualTo(bytes("after!"));
        assertThatThrownBy(() -> store().get(before))
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining("contract/replaced")
                .hasMessageContaining(before.sha256())
                .hasMessageContaining(after.sha256());
    }

    @Test
    void anAbsentObjectIsMissingAndFindsEmpty() {
        assertThatThrownBy(() -> store().get(new ObjectRef("contract/absent", HELLO_SHA256, 5)))
                .isInstanceOf(ArtifactMissingException.class)
                .hasMessageContaining("contract/absent");
        assertThat(store().find("contract/absent")).isEmpty();
    }

    @Test
    void aPartOfAnObjectIsReadFromItsPlaceOn() throws IOException {
        ObjectRef ref = store().put("contract/part", bytes("hello"));

        assertThat(read(ref, 1, 3)).isEqualTo(bytes("ell"));
        assertThat(read(ref, 4, 1)).isEqualTo(bytes("o"));
        assertThat(read(ref, 0, 5)).isEqualTo(bytes("hello"));
        assertThatThrownBy(() -> read(new ObjectRef("contract/absent", HELLO_SHA256, 5), 0, 5))
                .isInstanceOf(ArtifactMissingException.class)
                .hasMessageContaining("contract/absent");
    }

    private byte[] read(ObjectRef ref, long from, long length) throws IOException {
        try (InputStream part = store().open(ref, from, length)) {
            return part.readAllBytes();
        }
    }

    @Test
    void anObjectIsVerifiedWithoutBeingHandedOut() {
        ObjectRef hello = store().put("contract/verified", bytes("hello"));
        assertThatCode(() -> store().verify(hello)).doesNotThrowAnyException();

        ObjectRef jello = store().put("contract/verified", bytes("jello"));
        assertThatThrownBy(() -> store().verify(hello))
                .isInstanceOf(ArtifactCorruptException.class)
                .hasMessageContaining(HELLO_SHA256)
                .hasMessageContaining(jello.sha256());
        store().delete("contract/verified");
        assertThatThrownBy(() -> store().verify(hello)).isInstanceOf(ArtifactMissingException.class);
    }

    @Test
    void anObjectWrittenInPiecesIsTheSameAndItsReferenceHasBothSums() {
        // "123456789" is what CRCs are published of
        ObjectRef digits = store().write("contract/x y+z=1/pieces", 9, out -> {
            out.write(bytes("1234"));
            out.write('5');
            out.write(bytes("6789"));
        });

        assertThat(digits)
                .isEqualTo(new ObjectRef(
                        "contract/x y+z=1/pieces",
                        "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
                        9,
                        "e3069283"));
        assertThat(store().get(digits)).isEqualTo(bytes("123456789"));
        assertThat(store().get(new ObjectRef(digits.key(), digits.sha256(), 9))).isEqualTo(bytes("123456789"));
        assertThat(store().<byte[]>read(digits, InputStream::readAllBytes)).isEqualTo(bytes("123456789"));
        assertThatThrownBy(() -> store().write("contract/../pieces", 1, out -> out.write(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a key must be");
    }

    @Test
    void aLargeObjectWrittenInPiecesReadsBackAndReplaces() {
        byte[] content = new byte[9 << 20];
        new Random(2).nextBytes(content);
        store().put("contract/large-pieces", bytes("before"));

        ObjectRef ref = store().write("contract/large-pieces", content.length, out -> {
            for (int at = 0; at < content.length; at += 1 << 20) {
                out.write(content, at, 1 << 20);
            }
        });

        assertThat(store().<byte[]>read(ref, InputStream::readAllBytes)).isEqualTo(content);
    }

    @Test
    void whatAReaderMakesOfAnObjectIsHandedOutOnlyWhereItsBytesAreRight() {
        ObjectRef ref = store().write("contract/read", 5, out -> out.write(bytes("hello")));
        for (ObjectRef pinned : List.of(ref, new ObjectRef(ref.key(), HELLO_SHA256, 5))) {
            store().put(ref.key(), bytes("hello"));
            assertThat(store().<Integer>read(pinned, InputStream::read)).isEqualTo('h');
            for (String altered : List.of("hellp", "hell", "hello!", "")) {
                store().put(ref.key(), bytes(altered));
                assertThatThrownBy(() -> store().read(pinned, InputStream::read))
                        .as(altered)
                        .isInstanceOf(ArtifactCorruptException.class)
                        .hasMessageContaining("contract/read");
                assertThatThrownBy(() -> store().get(pinned)).isInstanceOf(ArtifactCorruptException.class);
            }
            store().delete(ref.key());
            assertThatThrownBy(() -> store().read(pinned, InputStream::read))
                    .isInstanceOf(ArtifactMissingException.class)
                    .hasMessageContaining("contract/read");
        }
    }

    @Test
    void aReadersOwnFailureIsPassedOn() {
        ObjectRef ref = store().write("contract/own", 5, out -> out.write(bytes("hello")));
        assertThatThrownBy(() -> store().read(ref, in -> {
                    throw new IllegalArgumentException("no word that I know");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no word that I know");
    }

    @Test
    void deleteRemovesAndDoesNotMindAnAbsentObject() {
        ObjectRef ref = store().put("contract/deleted", bytes("x"));

        store().delete("contract/deleted");

        assertThatThrownBy(() -> store().get(ref)).isInstanceOf(ArtifactMissingException.class);
        assertThatCode(() -> store().delete("contract/deleted")).doesNotThrowAnyException();
    }

    @Test
    void listGivesTheKeysOfAPrefixInOrder() {
        for (String key : List.of("contract/list/b", "contract/list/a/2", "contract/list/a/10", "contract/listed")) {
            store().put(key, bytes(key));
        }

        assertThat(store().list("contract/list/"))
                .containsExactly("contract/list/a/10", "contract/list/a/2", "contract/list/b");
        assertThat(store().list("contract/list"))
                .containsExactly("contract/list/a/10", "contract/list/a/2", "contract/list/b", "contract/listed");
        assertThat(store().list("contract/nothing/")).isEmpty();
    }

    @Test
    void listIsCompleteBeyondOnePageOfAnswers() {
        List<String> keys = IntStream.range(0, 1005)
                .mapToObj(i -> String.format("contract/many/%04d", i))
                .toList();
        ArtifactStore store = store();
        keys.parallelStream().forEach(key -> store.put(key, new byte[] {1}));

        assertThat(store().list("contract/many/")).isEqualTo(keys);
    }

    @Test
    void namesOfOurOwnKindSurvive() {
        for (String name : List.of("epoch-00001/weights.safetensors", "a_b.c-d/0/augmix-1/3.f32", "x y+z=1/ü")) {
            ObjectRef ref = store().put("contract/names/" + name, bytes(name));
            assertThat(store().get(ref)).isEqualTo(bytes(name));
            assertThat(store().list("contract/names/")).containsExactly(ref.key());
            store().delete(ref.key());
        }
    }

    @Test
    void keysThatNoStoreCanHoldAreRefused() {
        for (String key : List.of("", "/a", "a/", "a//b", "a/../b", "./a", "k".repeat(1025))) {
            assertThatThrownBy(() -> store().put(key, new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a key must be");
        }
    }

    @Test
    void theCallersArrayMayChangeAfterwards() {
        byte[] content = bytes("mine");
        ObjectRef ref = store().put("contract/copied", content);
        content[0] = 'X';

        byte[] read = store().get(ref);
        assertThat(read).isEqualTo(bytes("mine"));
        read[0] = 'Y';
        assertThat(store().get(ref)).isEqualTo(bytes("mine"));
    }

    @Test
    void severalThreadsMayWriteAndReadAtOnce() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<byte[]>> read = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String key = "contract/threads/" + i;
                read.add(threads.submit(() -> store().get(store().put(key, bytes(key)))));
            }
            for (int i = 0; i < read.size(); i++) {
                assertThat(read.get(i).get()).isEqualTo(bytes("contract/threads/" + i));
            }
        } finally {
            threads.shutdown();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
