package org.rtda.gateway.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.rtda.contracts.check.Check;
import org.rtda.gateway.problem.ProblemException;

/** Makes, checks and revokes the tokens of programs. Safe for several threads. */
public final class ServiceTokens {
    /** Ten years: who wants longer wants a token without an end, and should say so. */
    public static final int MOST_DAYS = 3650;

    private static final Logger LOG = Logger.getLogger(ServiceTokens.class);

    private static final Duration LAST_USE_PRECISION = Duration.ofMinutes(1);

    private final TokenStore store;
    private final Clock clock;

    public ServiceTokens(TokenStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A new token, with the text that nobody can learn later. */
    public record Created(ServiceToken token, TokenText text) {}

    /**
     * @param expiresInDays null for never
     * @throws ProblemException 409 when there is one of that name
     */
    public Created create(String name, AccessRole role, Integer expiresInDays, String createdBy) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant end = expiresInDays == null
                ? null
                : now.plus(Duration.ofDays(Check.inRange("expiresInDays", expiresInDays, 1, MOST_DAYS)));
        ServiceToken token = new ServiceToken(name, role, createdBy, now, end, null);
        TokenText text = TokenText.random();
        if (!store.add(token, text.hash())) {
            throw ProblemException.conflict(
                    "there is a token " + name + " already: revoke it first, or choose another name");
        }
        return new Created(token, text);
    }

    /** By name; those that have expired are among them until they are revoked. */
    public List<ServiceToken> all() {
        return store.all();
    }

    /** @throws ProblemException 404 when there is none of that name */
    public void revoke(String name) {
        if (!store.remove(name)) {
            throw ProblemException.unknownToken(
                    name, store.all().stream().map(ServiceToken::name).toList());
        }
    }

    /** @return the token whose text it is; empty when it is unknown, revoked or expired */
    Optional<ServiceToken> accept(TokenText text) {
        Instant now = clock.instant();
        Optional<ServiceToken> known = store.find(text.hash()).filter(token -> !token.isExpired(now));
        known.filter(token -> token.lastUsedAt() == null
                        || token.lastUsedAt().plus(LAST_USE_PRECISION).isBefore(now))
                .ifPresent(token -> noteUse(token.name(), now));
        return known;
    }

    /** A database that can be read and not written, with a full disk for example, is no reason to let nobody in. */
    private void noteUse(String name, Instant now) {
        try {
            store.used(name, now);
        } catch (ProblemException notWritten) {
            LOG.debugf("the last use of the token %s is not noted: %s", name, notWritten.getMessage());
        }
    }
}
