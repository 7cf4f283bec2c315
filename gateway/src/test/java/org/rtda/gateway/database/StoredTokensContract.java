package org.rtda.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rtda.gateway.security.AccessRole;
import org.rtda.gateway.security.ServiceToken;

/** What each kind of database must do with tokens. */
abstract class StoredTokensContract {
    private static final Instant MADE = Instant.parse("2026-11-01T10:00:00.123Z");
    private static final Instant END = Instant.parse("2027-01-30T10:00:00.123Z");
    private static final int GATEWAYS = 4;

    private final String name = "t-" + UUID.randomUUID();
    private final String hash = "hash of " + name;

    abstract Database database();

    private StoredTokens tokens() {
        return new StoredTokens(database());
    }

    private ServiceToken token(Instant lastUsedAt) {
        return new ServiceToken(name, AccessRole.OPERATOR, "alice", MADE, END, lastUsedAt);
    }

    @Test
    void aTokenIsFoundByItsHashAsItWasAdded() {
        assertThat(tokens().add(token(null), hash)).isTrue();

        assertThat(tokens().find(hash)).contains(token(null));
        assertThat(tokens().find("another hash")).isEmpty();
        assertThat(tokens().all()).contains(token(null));
    }

    @Test
    void aNameIsTakenOnce() {
        tokens().add(token(null), hash);

        assertThat(tokens().add(token(null), "hash of another text")).isFalse();
        assertThat(tokens().find("hash of another text")).isEmpty();
    }

    @Test
    void theLastUseIsKept() {
        tokens().add(token(null), hash);
        Instant used = MADE.plusSeconds(7);

        tokens().used(name, used);

        assertThat(tokens().find(hash)).contains(token(used));
    }

    @Test
    void aTokenWithoutAnEndHasNone() {
        ServiceToken endless = new ServiceToken(name, AccessRole.VIEWER, "alice", MADE, null, null);

        tokens().add(endless, hash);

        assertThat(tokens().find(hash)).contains(endless);
    }

    @Test
    void whatIsRemovedIsGone() {
        tokens().add(token(null), hash);

        assertThat(tokens().remove(name)).isTrue();
        assertThat(tokens().find(hash)).isEmpty();
        assertThat(tokens().remove(name)).isFalse();
    }

    @Test
    void aRebuiltReadModelKeepsTheTokens() {
        tokens().add(token(null), hash);

        new ReadModel(database()).forget();

        assertThat(tokens().find(hash)).contains(token(null));
    }

    @Test
    void ofGatewaysThatAddTheSameNameAtOnceOneDoes() throws Exception {
        ExecutorService gateways = Executors.newFixedThreadPool(GATEWAYS);
        try {
            List<Callable<Boolean>> calls = IntStream.range(0, GATEWAYS)
                    .<Callable<Boolean>>mapToObj(i -> () -> tokens().add(token(null), hash + i))
                    .toList();
            int added = 0;
            for (Future<Boolean> answer : gateways.invokeAll(calls)) {
                added += answer.get() ? 1 : 0;
            }
            assertThat(added).isEqualTo(1);
        } finally {
            gateways.shutdownNow();
        }
    }
}
