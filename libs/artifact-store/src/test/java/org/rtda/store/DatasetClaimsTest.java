package org.rtda.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtda.contracts.ObjectKeys;
import org.rtda.contracts.dataset.DatasetRef;
import org.rtda.contracts.dataset.ObjectRef;
import org.rtda.store.npz.NpzBytes;
import org.rtda.store.npz.NpzDataset;

/** Imports and removals of one name by two processes, which have nothing in common but the store. */
class DatasetClaimsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final SettableClock clock = new SettableClock();
    private Path file;

    /** Told by the test. */
    private static final class SettableClock extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Runs something before each write of a block. */
    private record PausingStore(ArtifactStore objects, Runnable pause) implements ArtifactStore {
        @Override
        public ObjectRef put(String key, byte[] content) {
            if (key.contains("/blocks/")) {
                pause.run();
            }
            return objects.put(key, content);
        }

        @Override
        public byte[] get(ObjectRef ref) {
            return objects.get(ref);
        }

        @Override
        public Optional<byte[]> find(String key) {
            return objects.find(key);
        }

        @Override
        public List<String> list(String prefix) {
            return objects.list(prefix);
        }

        @Override
        public void delete(String key) {
            objects.delete(key);
        }
    }

    @BeforeEach
    void makeFile(@TempDir Path folder) throws IOException {
        file = Files.write(folder.resolve("main.npz"), NpzBytes.small().deflated());
    }

    private void importInto(ArtifactStore objects) {
        new DatasetImporter(objects, clock).importFrom("tiny", NpzDataset.of(file), DatasetDescription.of("p", "l"));
    }

    private void requireWhole() {
        DatasetRef ref = new Datasets(store, clock).find("tiny").orElseThrow();
        assertThat(new DatasetReader(store, 0).readAll(ref, "train").labels()).hasSize(12);
    }

    @Test
    void aDataSetIsNotImportedWhileAnotherProcessRemovesIt() {
        importInto(store);

        new Datasets(store, clock).delete("tiny", () -> {
            assertThatThrownBy(() -> importInto(store))
                    .isInstanceOf(DatasetBusyException.class)
                    .hasMessage("data set tiny is being removed: try again when that has ended (after a crash: in 10"
                            + " minutes)");
            return List.of();
        });

        assertThat(store.list("")).as("nothing of either").isEmpty();
        importInto(store);
        requireWhole();
    }

    @Test
    void aDataSetIsNotRemovedWhileAnotherProcessImportsIt() {
        List<String> refusals = new ArrayList<>();
        importInto(store);

        importInto(new PausingStore(
                store, () -> assertThatThrownBy(() -> new Datasets(store, clock).delete("tiny", List::of))
                        .isInstanceOf(DatasetBusyException.class)
                        .satisfies(e -> refusals.add(e.getMessage()))));

        assertThat(refusals)
                .isNotEmpty()
                .containsOnly("data set tiny is being imported: try again when that has ended (after a crash: in 10"
                        + " minutes)");
        requireWhole();
    }

    @Test
    void twoProcessesDoNotRemoveADataSetAtOnceAndImportItAtOnce() {
        importInto(new PausingStore(store, () -> importInto(store)));
        requireWhole();

        new Datasets(store, clock).delete("tiny", () -> {
            assertThatThrownBy(() -> new Datasets(store, clock).delete("tiny", List::of))
                    .isInstanceOf(DatasetBusyException.class);
            return List.of();
        });
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void theClaimOfAProcessThatIsGoneCountsForTenMinutes() {
        String claim = ObjectKeys.datasetClaim("tiny", "removal-1");
        store.put(claim, NOW.minus(Duration.ofMinutes(9)).toString().getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> importInto(store)).isInstanceOf(DatasetBusyException.class);

        clock.now = NOW.plus(Duration.ofMinutes(2));
        importInto(store);

        requireWhole();
        assertThat(store.find(claim)).as("it is taken away").isEmpty();
    }

    @Test
    void theClaimOfAnImportThatIsGoneIsTakenAwayByTheNextImport() {
        String claim = ObjectKeys.datasetClaim("tiny", "import-1");
        store.put(claim, NOW.minus(Duration.ofMinutes(11)).toString().getBytes(StandardCharsets.UTF_8));

        importInto(store);

        requireWhole();
        assertThat(store.find(claim)).isEmpty();
    }

    @Test
    void whoPausesForLongerThanAClaimCountsWritesNothingMore() {
        assertThatThrownBy(() ->
                        importInto(new PausingStore(store, () -> clock.now = clock.now.plus(Duration.ofMinutes(11)))))
                .isInstanceOf(DatasetBusyException.class)
                .hasMessageStartingWith("data set tiny was not imported: the gateway paused for more than 10 minutes");

        assertThat(new Datasets(store, clock).find("tiny")).isEmpty();
        assertThat(store.list(ObjectKeys.datasetClaims("tiny"))).isEmpty();
    }

    @Test
    void aClaimIsWrittenAnewWhileItsWorkGoesOn() {
        List<String> claims = new ArrayList<>();

        importInto(new PausingStore(store, () -> {
            claims.addAll(store.list(ObjectKeys.datasetClaims("tiny")).stream()
                    .map(key -> new String(store.find(key).orElseThrow(), StandardCharsets.UTF_8))
                    .toList());
            clock.now = clock.now.plus(Duration.ofMinutes(2));
        }));

        // before each of the three blocks, two minutes apart; the third block's own is written before the block
        assertThat(claims).containsExactly("2026-03-01T12:00:00Z", "2026-03-01T12:02:00Z", "2026-03-01T12:04:00Z");
    }
}
