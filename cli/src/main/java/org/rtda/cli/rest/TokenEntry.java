package org.rtda.cli.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A service token as the gateway lists it.
 *
 * @param expiresAt null for never
 * @param lastUsedAt null while it was not used
 * @param token its text; null except in the answer to its creation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenEntry(
        String name,
        String role,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        Instant lastUsedAt,
        String token) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "TokenEntry[" + name + ", " + role + "]";
    }
}
