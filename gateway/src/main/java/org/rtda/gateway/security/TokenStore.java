package org.rtda.gateway.security;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where service tokens are kept, for all gateways of one database. Every method throws {@link org.rtda.gateway.problem.ProblemException}
 * with status 503 when the database does not answer.
 */
public interface TokenStore {
    /**
     * @param hash of its text
     * @return whether it was added; not so when there is one of that name
     */
    boolean add(ServiceToken token, String hash);

    Optional<ServiceToken> find(String hash);

    /** Notes that it was used. */
    void used(String name, Instant time);

    /** By name. */
    List<ServiceToken> all();

    /** @return whether there was one */
    boolean remove(String name);
}
