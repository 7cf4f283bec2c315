package org.rtda.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.dataset.ObjectRef;

class RetryingArtifactStoreTest {
    private static final Logger LOGGER = Logger.getLogger(StoreRetry.class.getName());

    private final List<String> said = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord spoken) {
            said.add(spoken.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Calls take no time; pauses do. */
    private long now;

    private int failuresToCome;
    private int calls;
    private final StoreRetry patience = new StoreRetry(Duration.ofMinutes(1), () -> now, millis -> {
        pauses.add(millis);
        now += Duration.ofMillis(millis).toNanos();
    });
    private final ArtifactStore store = new RetryingArtifactStore(new SickStore(), patience);

    private final class SickStore implements ArtifactStore {
        private <T> T answer(T healthy) {
            calls++;
            if (failuresToCome > 0) {
                failuresToCome--;
                throw new ArtifactStoreUnavailableException("store:9000 refuses to connect", null);
            }
            return healthy;
        }

        @Override
        public ObjectRef put(String key, byte[] content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] get(ObjectRef ref) {
            throw answer(new ArtifactMissingException(ref.key()));
        }

        @Override
        public Optional<byte[]> find(String key) {
            return answer(Optional.of(key.getBytes(UTF_8)));
        }

        @Override
        public List<String> list(String prefix) {
            return answer(List.of());
        }

        @Override
        public void delete(String key) {
            answer(key);
        }
    }

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
    }

    private static Class<?> claim() {
        return Arrays.stream(DatasetClaims.class.getDeclaredClasses())
                .filter(ArtifactStore.class::isAssignableFrom)
                .findFirst()
                .orElseThrow();
    }

    /** The interface's own {@code open} holds the whole object in memory, whatever the store behind can do. */
    @Test
    void everyCallGoesToTheStoreBehind() {
        assertThat(List.of(RetryingArtifactStore.class.getDeclaredMethods(), claim().getDeclaredMethods()))
                .allSatisfy(methods -> assertThat(methods)
                        .extracting(Method::getName)
                        .contains(Arrays.stream(ArtifactStore.class.getMethods())
                                .map(Method::getName)
                                .toArray(String[]::new)));
    }

    @Test
    void pausesDoubleUntilTheStoreAnswers() {
        failuresToCome = 8;
        assertThat(store.find("key")).hasValue("key".getBytes(UTF_8));
        assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
    }

    @Test
    void aServiceThatStartsBeforeItsStoreWaitsForIt() {
        failuresToCome = 3;
        ArtifactStore sick = new SickStore();
        assertThat(patience.entering(() -> sick.list("prefix"))).isEmpty();
        assertThat(pauses).containsExactly(100L, 200L, 400L);
    }

    @Test
    void refusedKeysEndAStartAtOnceButNotALaterCall() {
        assertThatExceptionOfType(ArtifactStoreUnavailableException.class)
                .isThrownBy(() -> patience.entering(this::refused));
        assertThat(pauses).isEmpty();
        assertThatExceptionOfType(ArtifactStoreUnavailableException.class)
                .isThrownBy(() -> patience.with(this::refused));
        assertThat(pauses).hasSizeGreaterThan(1);
    }

    private String refused() {
        throw new ArtifactStoreUnavailableException("the store refuses access", null, true);
    }

    @Test
    void aCallThatFailsOnceIsNoNews() {
        // tried again after 0.1, 0.3 and 0.7 s
        failuresToCome = 3;
        store.find("key");
        assertThat(said).isEmpty();
    }

    @Test
    void oneLineIsSaidWhenTheStoreIsOutOfReachAndOneWhenItIsBack() {
        // tried again after 0.1, 0.3, 0.7, 1.5, 3.1 and 6.3 s
        failuresToCome = 6;
        store.list("prefix");
        store.delete("key");
        assertThat(said)
                .containsExactly(
                        "waiting for the store: store:9000 refuses to connect", "the store answers again, after 6 s");
    }

    @Test
    void anAbsenceThatOutlastsAPatienceIsOneAbsence() {
        failuresToCome = 1_000;
        assertThatExceptionOfType(ArtifactStoreUnavailableException.class).isThrownBy(() -> store.find("key"));
        // 0.1 + 0.2 + 0.4 + 0.8 + 1.6 + 3.2 s, then every 5 s: 56.3 s, and 5 s more would be above a minute
        assertThat(now).isEqualTo(Duration.ofMillis(56_300).toNanos());
        assertThatExceptionOfType(ArtifactStoreUnavailableException.class).isThrownBy(() -> store.find("key"));
        failuresToCome = 0;
        store.find("key");
        assertThat(said)
                .containsExactly(
                        "waiting for the store: store:9000 refuses to connect", "the store answers again, after 112 s");
    }

    @Test
    void anObjectThatIsMissingIsTriedOnceAndMeansThatTheStoreIsBack() {
        failuresToCome = 5;
        assertThatExceptionOfType(ArtifactMissingException.class)
                .isThrownBy(() -> store.get(new ObjectRef("key", "0".repeat(64), 1)));
        assertThat(calls).isEqualTo(6);
        assertThat(said).hasSize(2).last().isEqualTo("the store answers again, after 3 s");
    }
}
