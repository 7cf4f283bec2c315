package org.rtda.gateway.security;

import java.time.Instant;
import org.rtda.contracts.check.Check;

/**
 * A service token's name, role and times, without the token itself.
 *
 * @param name by which it is listed and revoked, unique
 * @param createdBy name of the owner who made it
 * @param expiresAt null for never
 * @param lastUsedAt within a minute; null while it was not used
 */
public record ServiceToken(
        String name, AccessRole role, String createdBy, Instant createdAt, Instant expiresAt, Instant lastUsedAt) {
    public ServiceToken {
        Check.name("name", name);
        Check.present("createdBy", createdBy);
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
