package org.rtda.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rtda.contracts.check.InvalidFieldException;
import org.rtda.gateway.database.StoredTokens;
import org.rtda.gateway.database.TestReadModel;
import org.rtda.gateway.problem.ProblemException;

class ServiceTokensTest {
    private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

    private final SetClock clock = new SetClock();
    private final ServiceTokens tokens = new ServiceTokens(new StoredTokens(new TestReadModel().database), clock);

    private static final class SetClock extends Clock {
        private Instant now = START;

        void advance(Duration time) {
            now = now.plus(time);
        }

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

    private TokenText create(String name, Integer days) {
        return tokens.create(name, AccessRole.OPERATOR, days, "alice").text();
    }

    /** A database with a full disk, or one that can only be read after a failover. */
    @Test
    void aLastUseThatCannotBeNotedLetsNobodyWait() {
        StoredTokens stored = new StoredTokens(new TestReadModel().database);
        TokenText text = new ServiceTokens(stored, clock)
                .create("nightly", AccessRole.VIEWER, 90, "alice")
                .text();
        TokenStore readOnly = new TokenStore() {
            @Override
            public boolean add(ServiceToken token, String hash) {
                return stored.add(token, hash);
            }

            @Override
            public Optional<ServiceToken> find(String hash) {
                return stored.find(hash);
            }

            @Override
            public List<ServiceToken> all() {
                return stored.all();
            }

            @Override
            public boolean remove(String name) {
                return stored.remove(name);
            }

            @Override
            public void used(String name, Instant when) {
                throw ProblemException.unavailable("the database takes no writes", null);
            }
        };

        assertThat(new ServiceTokens(readOnly, clock).accept(text)).isPresent();
    }

    @Test
    void aTokenIsAcceptedWithItsNameAndRole() {
        TokenText text = create("nightly", 90);

        assertThat(tokens.accept(text)).get().satisfies(token -> {
            assertThat(token.name()).isEqualTo("nightly");
            assertThat(token.role()).isEqualTo(AccessRole.OPERATOR);
            assertThat(token.createdBy()).isEqualTo("alice");
            assertThat(token.expiresAt()).isEqualTo(Instant.parse("2027-01-30T10:00:00Z"));
        });
    }

    @Test
    void aTokenThatNobodyMadeIsNotAccepted() {
        create("nightly", 90);

        assertThat(tokens.accept(TokenText.random())).isEmpty();
    }

    @Test
    void aTokenOfOneDayIsAcceptedUntilTheDayIsOver() {
        TokenText text = create("nightly", 1);

        clock.advance(Duration.ofDays(1).minusMillis(1));
        assertThat(tokens.accept(text)).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(tokens.accept(text)).isEmpty();
        assertThat(tokens.all()).hasSize(1);
    }

    @Test
    void aTokenWithoutAnEndIsAcceptedForEver() {
        TokenText text = create("nightly", null);

        clock.advance(Duration.ofDays(36_500));

        assertThat(tokens.accept(text)).isPresent();
    }

    @Test
    void aRevokedTokenIsNotAcceptedAndItsNameIsFreeAgain() {
        TokenText text = create("nightly", 90);

        tokens.revoke("nightly");

        assertThat(tokens.accept(text)).isEmpty();
        TokenText next = create("nightly", 90);
        assertThat(tokens.accept(next)).isPresent();
        assertThat(tokens.accept(text)).isEmpty();
    }

    @Test
    void theLastUseIsNotedOnceAMinute() {
        TokenText text = create("nightly", 90);
        tokens.accept(text);
        clock.advance(Duration.ofSeconds(60));
        tokens.accept(text);
        assertThat(tokens.all().get(0).lastUsedAt()).isEqualTo(START);

        clock.advance(Duration.ofSeconds(1));
        tokens.accept(text);

        assertThat(tokens.all().get(0).lastUsedAt()).isEqualTo(START.plusSeconds(61));
    }

    @Test
    void whatCannotBeMadeIsRefusedWithWhatCan() {
        create("nightly", null);

        assertThatThrownBy(() -> create("nightly", null))
                .isInstanceOf(ProblemException.class)
                .hasMessage("there is a token nightly already: revoke it first, or choose another name");
        assertThatThrownBy(() -> create("weekly", 0))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("expiresInDays must be in [1, 3650], was 0");
        assertThatThrownBy(() -> create("No Name", 1))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("name must be 1 to 63 of a-z");
        assertThatThrownBy(() -> tokens.revoke("weekly"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(404))
                .hasMessage("there is no token weekly");
        assertThatThrownBy(() -> AccessRole.of("role", "root"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("role must be one of [viewer, operator, owner], was root");
    }
}
